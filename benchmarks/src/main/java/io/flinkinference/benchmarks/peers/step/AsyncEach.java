package io.flinkinference.benchmarks.peers.step;

import io.flinkinference.benchmarks.peers.job.NumberedText;
import io.flinkinference.benchmarks.peers.job.NumberedVector;
import io.flinkinference.benchmarks.peers.job.Step;
import io.flinkinference.benchmarks.peers.model.Embedder;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * An asynchronous function over a pool of threads, one record a call: what Flink's page <a
 * href="https://nightlies.apache.org/flink/flink-docs-stable/docs/dev/datastream/operators/asyncio/">Async
 * I/O</a> says of a client that has no asynchronous calls.
 */
public final class AsyncEach extends RichAsyncFunction<NumberedText, NumberedVector> {

  private static final long serialVersionUID = 1L;

  /** Flink's default. */
  private static final int CAPACITY = 100;

  private final Embedder.Factory factory;
  private final int threadCount;
  private transient Embedder embedder;
  private transient ExecutorService threads;

  private AsyncEach(Embedder.Factory factory, int threadCount) {
    this.factory = factory;
    this.threadCount = threadCount;
  }

  /**
   * A step of this function.
   *
   * @param factory of embedders that many threads may use at once
   * @param threadCount threads of a subtask
   */
  public static Step step(Embedder.Factory factory, int threadCount) {
    return AsyncStep.unordered(new AsyncEach(factory, threadCount), CAPACITY);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    embedder = factory.open();
    threads = Executors.newFixedThreadPool(threadCount);
  }

  @Override
  public void asyncInvoke(NumberedText text, ResultFuture<NumberedVector> result) {
    threads.execute(
        () -> {
          try {
            float[] vector = embedder.embed(List.of(text.text())).get(0);
            result.complete(List.of(new NumberedVector(text.number(), vector)));
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
  }

  @Override
  public void close() throws InterruptedException {
    Pools.end(threads);
    if (embedder != null) {
      embedder.close();
    }
  }
}
