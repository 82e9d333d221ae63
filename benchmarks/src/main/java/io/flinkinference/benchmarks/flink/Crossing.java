package io.flinkinference.benchmarks.flink;

import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.measure.Stopwatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/**
 * Where a job of this process and who measures it meet: texts go in, results come out, and the
 * clock is read when a tenth has come out, and when nine tenths have. So the start of the job and
 * its last tenth, in which fewer and fewer records wait, do not count. What came out in between
 * counts by its tokens: rare lengths come last, and would seem to have been done before.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
final class Crossing implements AutoCloseable {

  private static final Map<Long, Crossing> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBER = new AtomicLong();

  private final long id = NUMBER.incrementAndGet();
  private final List<String> texts;
  private final ToIntFunction<String> tokensOf;
  private final long from;
  private final long to;
  private final AtomicLong out = new AtomicLong();
  private final AtomicLong tokensOut = new AtomicLong();
  private volatile Stopwatch watch;
  private volatile long tokensBefore;
  private volatile Sample sample;

  /**
   * Opens a crossing.
   *
   * @param tokensOf tells how many tokens a text has
   */
  Crossing(List<String> texts, ToIntFunction<String> tokensOf) {
    this.texts = texts;
    this.tokensOf = tokensOf;
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

  /** Takes the result of a text. */
  void arrived(String text) {
    long tokens = tokensOut.addAndGet(tokensOf.applyAsInt(text));
    long number = out.incrementAndGet();
    if (number == from) {
      tokensBefore = tokens;
      watch = new Stopwatch();
    } else if (number == to) {
      sample = watch.sample(to - from, tokens - tokensBefore);
    }
  }

  /**
   * What was measured; its records are as many texts as have its tokens in the mean.
   *
   * @throws IllegalStateException if not each text has come out once
   */
  Sample sample() {
    if (out.get() != texts.size()) {
      throw new IllegalStateException(
          "%,d texts went in, but %,d results came out.".formatted(texts.size(), out.get()));
    }
    double part = (double) sample.tokens() / tokensOut.get();
    return new Sample(
        Math.max(1, Math.round(part * texts.size())),
        sample.tokens(),
        sample.wallNanos(),
        sample.cpuNanos());
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }
}
