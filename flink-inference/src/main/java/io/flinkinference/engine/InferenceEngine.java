package io.flinkinference.engine;

import io.flinkinference.batch.ShapeRounding;
import io.flinkinference.batch.TokenBatch;
import java.time.Duration;
import java.util.List;

/**
 * Runs batches of one model on one device.
 *
 * <p><b>Thread safety:</b> {@link #run} may be called by as many threads at once as the engine was
 * opened for; each call is independent of the others. {@link #close} may be called by any thread,
 * also during runs.
 */
public interface InferenceEngine extends AutoCloseable {

  /** Most time that {@link #close} waits for runs, so that a task ends within 5 s. */
  Duration CLOSE_LIMIT = Duration.ofSeconds(4);

  /**
   * Runs a batch and reads its outputs. A caller beyond the concurrency waits, unless its thread is
   * interrupted. The outputs live only until {@code reader} returns; native memory is freed in
   * every case.
   *
   * @param batch rows of token ids; ids outside the vocabulary are refused
   * @param reader called once, on the calling thread, after a successful run
   * @return what {@code reader} returned
   * @throws RunTimeoutException if the run was ended because it took longer than {@link #runLimit}
   * @throws EngineMemoryException if memory was lacking for a batch of that size
   * @throws LostDeviceException if no engine of this process can use the device any more
   * @throws EngineException if the run fails; the engine stays usable unless it says otherwise
   */
  <T> T run(TokenBatch batch, OutputReader<T> reader);

  /** Names and shapes of the outputs, as the graph declares them. */
  List<TensorSpec> outputs();

  /**
   * Whether padding comes before the tokens of a row that is shorter than its batch: then token i
   * of the row is at {@code width - length + i} of the outputs, else at i.
   */
  default boolean padsLeft() {
    return false;
  }

  /**
   * How all batches are to be rounded for this engine. Others may be slow, and may fail where the
   * provider was told which shapes there are.
   */
  default ShapeRounding rounding() {
    return ShapeRounding.EXACT;
  }

  /** Where the model really runs. */
  Device device();

  /** Most runs that may be under way at once. */
  int concurrency();

  /** How long a run may take before it is ended. */
  Duration runLimit();

  /**
   * Ends runs that are under way early, refuses further ones, and returns when all memory is freed.
   * A run that does not heed is waited for no longer than {@link #CLOSE_LIMIT}: then this returns,
   * an error is logged, and the memory is freed when that run comes back. An interrupt does not
   * shorten the wait, and is kept.
   */
  @Override
  void close();

  /** Reads the outputs of one run. */
  @FunctionalInterface
  interface OutputReader<T> {
    /** Reads outputs that are valid during this call only. */
    T read(Outputs outputs);
  }
}
