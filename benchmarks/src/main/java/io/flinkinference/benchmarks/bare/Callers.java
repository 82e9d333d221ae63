package io.flinkinference.benchmarks.bare;

import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.measure.Stopwatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Threads that share a row of tasks, each taking the next as it is free.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Callers implements AutoCloseable {

  private final int count;
  private final ExecutorService threads;

  /**
   * Starts threads.
   *
   * @param count of them
   */
  public Callers(int count) {
    this.count = count;
    this.threads = Executors.newFixedThreadPool(count, Models.threads("caller"));
  }

  /**
   * Does tasks 0 until a number, and waits for all.
   *
   * @param records that the tasks are about
   * @param tokens of those records
   */
  public Sample run(int tasks, IntConsumer task, long records, long tokens)
      throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    Stopwatch watch = new Stopwatch();
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      workers.add(
          threads.submit(
              () -> {
                for (int number = next.getAndIncrement();
                    number < tasks;
                    number = next.getAndIncrement()) {
                  task.accept(number);
                }
              }));
    }
    for (Future<?> worker : workers) {
      worker.get();
    }
    return watch.sample(records, tokens);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
