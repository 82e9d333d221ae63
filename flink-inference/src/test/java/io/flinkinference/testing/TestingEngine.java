package io.flinkinference.testing;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineMemoryException;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.LostDeviceException;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.RunTimeoutException;
import io.flinkinference.engine.TensorSpec;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine whose output is computed from the token ids, so that a wrong row shows at once. Its
 * runs can be held back until the test lets them go.
 */
public final class TestingEngine implements InferenceEngine {

  /** A batch that holds this token fails. */
  public static final int POISON = '!';

  /** A batch that holds this token takes longer than the run limit. */
  public static final int SLOW = '#';

  /** A row that holds this token gives no number. */
  public static final int NAN = '~';

  private final int concurrency;
  private final Semaphore runs;
  private final AtomicInteger started = new AtomicInteger();
  private final List<TokenBatch> batches = new CopyOnWriteArrayList<>();
  private volatile Duration runLimit = Duration.ofMinutes(1);
  private volatile long tokenNanos;
  private volatile int memory = Integer.MAX_VALUE;
  private volatile int timely = Integer.MAX_VALUE;
  private volatile int quick = Integer.MAX_VALUE;
  private volatile long slowNanos;
  private volatile boolean broken;
  private volatile boolean stalled;
  private volatile boolean lost;
  private volatile boolean closed;

  private TestingEngine(int concurrency, int freeRuns) {
    this.concurrency = concurrency;
    this.runs = new Semaphore(freeRuns);
  }

  /** Runs at once. */
  public static TestingEngine free() {
    return new TestingEngine(2, Integer.MAX_VALUE / 2);
  }

  /** Runs as often as the test lets it. */
  public static TestingEngine held(int concurrency) {
    return new TestingEngine(concurrency, 0);
  }

  /** What the engine gives for a text of which each character is a token. */
  public static float expected(String text) {
    float sum = 0;
    for (int i = 0; i < text.length(); i++) {
      sum += text.charAt(i) * (i + 1);
    }
    return sum;
  }

  /** Lets a number of runs go. */
  public void letGo(int count) {
    runs.release(count);
  }

  /** How long a run may take, as the engine says; it is up to the test what takes longer. */
  public TestingEngine withRunLimit(Duration limit) {
    runLimit = limit;
    return this;
  }

  /** How long a run takes for each of its tokens. */
  public TestingEngine withTokenNanos(long nanos) {
    tokenNanos = nanos;
    return this;
  }

  /** Batches of more padded tokens take so much longer from now on. */
  public void slowAbove(int paddedTokens, Duration longer) {
    slowNanos = longer.toNanos();
    quick = paddedTokens;
  }

  /** Holds runs back from now on. */
  public void hold() {
    runs.drainPermits();
  }

  /** Lacks memory for batches of more padded tokens from now on. */
  public void limitMemory(int paddedTokens) {
    memory = paddedTokens;
  }

  /** Batches of more padded tokens take longer than the run limit from now on. */
  public void limitTime(int paddedTokens) {
    timely = paddedTokens;
  }

  /** Fails every run from now on. */
  public void breakDown() {
    broken = true;
  }

  /** No engine of this process can use the device from now on. */
  public void loseDevice() {
    lost = true;
  }

  /** Every run takes longer than the run limit from now on. */
  public void stall() {
    stalled = true;
  }

  /** Number of runs that have begun. */
  public int started() {
    return started.get();
  }

  /** The batches that were run, in the order of their ends. */
  public List<TokenBatch> batches() {
    return batches;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public <T> T run(TokenBatch batch, OutputReader<T> reader) {
    started.incrementAndGet();
    runs.acquireUninterruptibly();
    if (closed) {
      throw new EngineException("The engine is closed.");
    }
    batches.add(batch);
    long slow = batch.paddedTokens() > quick ? slowNanos : 0;
    long end = System.nanoTime() + tokenNanos * batch.paddedTokens() + slow;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    if (lost) {
      throw new LostDeviceException("The run of " + batch + " lost the device.", null);
    }
    if (batch.paddedTokens() > memory) {
      throw new EngineMemoryException("No memory for " + batch + ".", null);
    }
    if (batch.paddedTokens() > timely) {
      throw new RunTimeoutException("The run of " + batch + " took too long.", null);
    }
    float[] sums = new float[batch.rows()];
    for (int row = 0; row < sums.length; row++) {
      for (int i = 0; i < batch.row(row).length(); i++) {
        int id = batch.row(row).id(i);
        if (id == POISON || broken) {
          throw new EngineException("Cannot run row " + row + " of " + batch + ".");
        }
        if (id == SLOW || stalled) {
          throw new RunTimeoutException("The run of " + batch + " took too long.", null);
        }
        sums[row] += id == NAN ? Float.NaN : id * (i + 1);
      }
    }
    return reader.read(
        new Outputs(Map.of("sum", new FloatTensor(FloatBuffer.wrap(sums), sums.length, 1))));
  }

  @Override
  public List<TensorSpec> outputs() {
    return List.of(new TensorSpec("sum", List.of(-1L, 1L)));
  }

  @Override
  public Device device() {
    return Device.CPU;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public Duration runLimit() {
    return runLimit;
  }

  @Override
  public void close() {
    closed = true;
    runs.release(1_000);
  }
}
