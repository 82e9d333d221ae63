package io.flinkinference.benchmarks.bare;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.engine.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * An engine that computes nothing: token ids are written to memory outside the heap, and as many
 * numbers as the model gives are read from there. What the way in and out takes at the least.
 *
 * <p><b>Thread safety:</b> for one thread; its callers have memory of their own.
 */
final class CopyOnly implements Contender, AutoCloseable {

  /** Ids, mask and types. */
  private static final int INPUTS = 3;

  private final List<TokenBatch> batches;
  private final int mostTokens;
  private final int outputsPerToken;
  private final Callers callers = new Callers(Runtime.getRuntime().availableProcessors());
  private final ThreadLocal<Memory> memory = ThreadLocal.withInitial(Memory::new);

  CopyOnly(List<TokenBatch> batches, List<TensorSpec> outputs) {
    this.batches = batches;
    this.mostTokens = batches.stream().mapToInt(TokenBatch::paddedTokens).max().orElseThrow();
    this.outputsPerToken = outputs.stream().mapToInt(CopyOnly::perToken).sum();
  }

  /** Numbers for each token; outputs that are one vector a text count as none. */
  private static int perToken(TensorSpec output) {
    long last = output.shape().get(output.rank() - 1);
    return output.rank() == 3 && last > 0 ? (int) last : 0;
  }

  @Override
  public String name() {
    return "copies only";
  }

  @Override
  public Sample run() throws InterruptedException, ExecutionException {
    return callers.run(
        batches.size(),
        number -> memory.get().copy(batches.get(number)),
        batches.stream().mapToLong(TokenBatch::rows).sum(),
        batches.stream().mapToLong(TokenBatch::realTokens).sum());
  }

  @Override
  public void close() {
    callers.close();
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** What one caller copies to and from. */
  private final class Memory {

    private final LongBuffer inputs = direct(INPUTS * mostTokens * Long.BYTES).asLongBuffer();
    private final FloatBuffer outputs =
        direct(outputsPerToken * mostTokens * Float.BYTES).asFloatBuffer();
    private final float[] results = new float[outputsPerToken * mostTokens];

    private void copy(TokenBatch batch) {
      inputs.clear();
      for (int row = 0; row < batch.rows(); row++) {
        for (int position = 0; position < batch.width(); position++) {
          boolean real = position < batch.row(row).length();
          inputs.put(real ? batch.row(row).id(position) : 0);
          inputs.put(real ? 1 : 0);
          inputs.put(0);
        }
      }
      outputs.get(0, results, 0, outputsPerToken * batch.paddedTokens());
    }
  }
}
