package io.flinkinference.reliability.rig;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.flink.metrics.Gauge;

/**
 * Where a job of this process and who measures it meet. The functions of the job find it by its
 * name, for Flink makes them anew in each task.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
public final class Bench implements AutoCloseable {

  private static final Map<String, Bench> OPEN = new ConcurrentHashMap<>();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String name = "bench-" + NUMBER.incrementAndGet();
  private final Pace pace;
  private final LongFunction<String> texts;
  private final List<Probe> probes;
  private final Ledger ledger;
  private final Set<Gauge<?>> inFlight = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean failure = new AtomicBoolean();

  /**
   * @param pace of the source
   * @param texts the text of each number
   * @param subtasks of source and operator
   */
  public Bench(Pace pace, LongFunction<String> texts, int subtasks) {
    this.pace = pace;
    this.texts = texts;
    this.probes = IntStream.range(0, subtasks).mapToObj(i -> new Probe()).toList();
    this.ledger = new Ledger(subtasks);
    OPEN.put(name, this);
  }

  static Bench named(String name) {
    Bench bench = OPEN.get(name);
    if (bench == null) {
      throw new IllegalStateException("The bench " + name + " is closed, but its job runs on.");
    }
    return bench;
  }

  String name() {
    return name;
  }

  Pace pace() {
    return pace;
  }

  String text(long number) {
    return texts.apply(number);
  }

  Set<Gauge<?>> inFlightGauges() {
    return inFlight;
  }

  /** One for each subtask. */
  public List<Probe> probes() {
    return probes;
  }

  /** Which records have come and gone. */
  public Ledger ledger() {
    return ledger;
  }

  /** A figure of all subtasks together. */
  public long sum(ToLongFunction<Probe> figure) {
    return probes.stream().mapToLong(figure).sum();
  }

  /** The operator's own count of what is in flight, in the subtask that has most. */
  public long mostInFlight() {
    return inFlight.stream()
        .mapToLong(gauge -> ((Number) gauge.getValue()).longValue())
        .max()
        .orElse(0);
  }

  /** Lets the job fail at the next result of any subtask. */
  public void failJob() {
    failure.set(true);
  }

  void failIfAsked() {
    if (failure.compareAndSet(true, false)) {
      throw new IllegalStateException("The job fails here because it was asked to.");
    }
  }

  @Override
  public void close() {
    OPEN.remove(name);
  }
}
