package io.flinkinference.benchmarks.peers.step;

import io.flinkinference.benchmarks.peers.job.NumberedText;
import io.flinkinference.benchmarks.peers.job.NumberedVector;
import io.flinkinference.benchmarks.peers.job.Step;
import io.flinkinference.benchmarks.peers.model.Embedder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * An asynchronous function over a batcher of size and time, as <a
 * href="https://issues.apache.org/jira/browse/FLINK-38825">FLINK-38825</a> proposes it for Flink:
 * records are collected in the order in which they come, and a batch is called when it is full or
 * its first record has waited long enough. Batches run at once, one a thread.
 */
public final class AsyncBatches extends RichAsyncFunction<NumberedText, NumberedVector> {

  private static final long serialVersionUID = 1L;

  private final Embedder.Factory factory;
  private final int size;
  private final long waitMillis;
  private final int threadCount;

  private transient Embedder embedder;
  private transient ExecutorService threads;
  private transient ScheduledExecutorService clock;

  /** Guarded by this, as is the deadline. */
  private transient List<Call> waiting;

  private transient ScheduledFuture<?> deadline;

  private AsyncBatches(Embedder.Factory factory, int size, Duration wait, int threadCount) {
    this.factory = factory;
    this.size = size;
    this.waitMillis = wait.toMillis();
    this.threadCount = threadCount;
  }

  /**
   * A step of this function. The operator accepts a full batch for each thread and two to come.
   *
   * @param factory of embedders that many threads may use at once
   * @param size records of a batch
   * @param wait most time that a record waits for others
   * @param threadCount threads of a subtask
   */
  public static Step step(Embedder.Factory factory, int size, Duration wait, int threadCount) {
    return AsyncStep.unordered(
        new AsyncBatches(factory, size, wait, threadCount), (threadCount + 2) * size);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    embedder = factory.open();
    threads = Executors.newFixedThreadPool(threadCount);
    clock = Executors.newSingleThreadScheduledExecutor();
    waiting = new ArrayList<>(size);
  }

  @Override
  public synchronized void asyncInvoke(NumberedText text, ResultFuture<NumberedVector> result) {
    waiting.add(new Call(text, result));
    if (waiting.size() == 1) {
      deadline = clock.schedule(this::callAll, waitMillis, TimeUnit.MILLISECONDS);
    }
    if (waiting.size() == size) {
      deadline.cancel(false);
      callAll();
    }
  }

  private synchronized void callAll() {
    List<Call> batch = List.copyOf(waiting);
    waiting.clear();
    if (!batch.isEmpty()) {
      threads.execute(() -> embed(batch));
    }
  }

  private void embed(List<Call> batch) {
    try {
      List<float[]> vectors =
          embedder.embed(batch.stream().map(call -> call.text().text()).toList());
      for (int i = 0; i < batch.size(); i++) {
        Call call = batch.get(i);
        call.result().complete(List.of(new NumberedVector(call.text().number(), vectors.get(i))));
      }
    } catch (Exception e) {
      batch.forEach(call -> call.result().completeExceptionally(e));
    }
  }

  @Override
  public void close() throws InterruptedException {
    Pools.end(clock);
    Pools.end(threads);
    if (embedder != null) {
      embedder.close();
    }
  }

  private record Call(NumberedText text, ResultFuture<NumberedVector> result) {}
}
