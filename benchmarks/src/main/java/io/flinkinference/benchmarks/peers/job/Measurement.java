package io.flinkinference.benchmarks.peers.job;

import io.flinkinference.benchmarks.measure.Sample;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What source and sink of one run share. They find it by its name: the job runs in this JVM.
 *
 * <p><b>Thread safety:</b> tasks may use it at once; the results are read when the job has ended.
 */
public final class Measurement implements AutoCloseable {

  private static final Map<String, Measurement> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NAMES = new AtomicLong();
  private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

  private final String name = "measurement-" + NAMES.incrementAndGet();
  private final Load load;
  private final AtomicInteger warmedUp = new AtomicInteger();
  private final AtomicInteger arrived = new AtomicInteger();
  private final CompletableFuture<Void> start = new CompletableFuture<>();
  private final float[][] vectors;
  private final long[] latencies;

  private final ShareClock clock;
  private volatile long startNanos;

  /** Opens a measurement of a load. */
  public Measurement(Load load) {
    this.load = load;
    this.clock = new ShareClock(load);
    this.vectors = new float[load.measured()][];
    this.latencies = new long[load.measured()];
    OPEN.put(name, this);
  }

  static Measurement named(String name) {
    Measurement measurement = OPEN.get(name);
    if (measurement == null) {
      throw new IllegalStateException("There is no open measurement " + name + ".");
    }
    return measurement;
  }

  String name() {
    return name;
  }

  Load load() {
    return load;
  }

  /** Completes when the text at a place of a subtask's share has arrived. */
  CompletableFuture<Void> arrival(int place) {
    long after = load.arrival(place);
    return after < 0 ? NOW : start.thenCompose(started -> at(startNanos + after));
  }

  private static CompletableFuture<Void> at(long nanos) {
    long wait = nanos - System.nanoTime();
    return wait <= 0
        ? NOW
        : new CompletableFuture<Void>().completeOnTimeout(null, wait, TimeUnit.NANOSECONDS);
  }

  /** Takes a result. */
  void deliver(NumberedVector result) {
    int index = load.measuredIndex(result.number());
    if (index < 0) {
      if (warmedUp.incrementAndGet() == load.warmUps()) {
        clock.start();
        startNanos = System.nanoTime();
        start.complete(null);
      }
      return;
    }
    long place = result.number() % load.share();
    latencies[index] = System.nanoTime() - startNanos - load.arrival((int) place);
    if (vectors[index] != null) {
      throw new IllegalStateException("Text " + result.number() + " was scored twice.");
    }
    vectors[index] = result.vector();
    clock.add(index);
    arrived.incrementAndGet();
  }

  /**
   * Records, time and processor time, from the start until a subtask has nothing left.
   *
   * @throws IllegalStateException if results are missing
   */
  public Sample sample() {
    if (arrived.get() != load.measured()) {
      throw new IllegalStateException(
          "Only %d of %d texts were scored.".formatted(arrived.get(), load.measured()));
    }
    return clock.sample();
  }

  /** The vector of each measured text. */
  public float[][] vectors() {
    sample();
    return vectors.clone();
  }

  /** Nanoseconds from the arrival of each measured text to its result. */
  public long[] latencies() {
    sample();
    return latencies.clone();
  }

  @Override
  public void close() {
    OPEN.remove(name);
  }
}
