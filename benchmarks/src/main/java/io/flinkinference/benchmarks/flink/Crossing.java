package io.flinkinference.benchmarks.flink;

import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.measure.Stopwatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where a job of this process and who measures it meet: texts go in, results come out, and the
 * clock is read when a tenth has come out, and when nine tenths have. So the start of the job and
 * its last tenth, in which fewer and fewer records wait, do not count.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
final class Crossing implements AutoCloseable {

  private static final Map<Long, Crossing> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBER = new AtomicLong();

  private final long id = NUMBER.incrementAndGet();
  private final List<String> texts;
  private final long from;
  private final long to;
  private final AtomicLong out = new AtomicLong();
  private volatile Stopwatch watch;
  private volatile Sample sample;

  Crossing(List<String> texts) {
    this.texts = texts;
    this.from = Math.max(1, texts.size() / 10);
    this.to = texts.size() - from;
    OPEN.put(id, this);
  }

  static Crossing of(long id) {
    Crossing crossing = OPEN.get(id);
    if (crossing == null) {
      throw new IllegalStateException("The measurement " + id + " is over, but its job runs on.");
    }
    return crossing;
  }

  long id() {
    return id;
  }

  String text(long number) {
    return texts.get((int) number);
  }

  void arrived() {
    long number = out.incrementAndGet();
    if (number == from) {
      watch = new Stopwatch();
    } else if (number == to) {
      sample = watch.sample(to - from, 0);
    }
  }

  /**
   * What was measured.
   *
   * @param meanTokens tokens of a text in the mean
   * @throws IllegalStateException if not each text has come out once
   */
  Sample sample(double meanTokens) {
    if (out.get() != texts.size()) {
      throw new IllegalStateException(
          "%,d texts went in, but %,d results came out.".formatted(texts.size(), out.get()));
    }
    return new Sample(
        sample.records(),
        Math.round(sample.records() * meanTokens),
        sample.wallNanos(),
        sample.cpuNanos());
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }
}
