package io.flinkinference.connectors.replay;

import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnavailableException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Builds a replay: dead letters are read, and the records that they hold put back as they were,
 * with a header {@value #REPLAYED_HEADER} that counts how often.
 *
 * <pre>{@code
 * ReplayReport report =
 *     Replay.from("localhost:9092", "dead-letters")
 *         .reasons(Set.of(DeadLetterReason.UNDECODABLE))
 *         .group("decoder-mended")
 *         .run();
 * }</pre>
 *
 * <p>The letters stay in their topic. A group remembers where its replay ended, so that the next
 * run, or the one after a crash, goes on there; it remembers what it was asked for too, and refuses
 * to go on with something else.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Replay {

  /** Header of a record that was replayed: how often, in decimal digits. */
  public static final String REPLAYED_HEADER = "inference.replayed";

  private final String bootstrapServers;
  private final String from;
  private final Map<String, String> properties = new HashMap<>();
  private Selection selection = Selection.ALL;
  private Target target = Target.ORIGIN;
  private String group;
  private double perSecond = Double.POSITIVE_INFINITY;
  private RegistryOptions registry;

  private Replay(String bootstrapServers, String from) {
    this.bootstrapServers = requireText(bootstrapServers, "The bootstrap servers");
    this.from = requireText(from, "The topic of the dead letters");
    this.group = "flink-inference-replay-" + from;
  }

  /**
   * Begins a replay of all letters to where their records are from.
   *
   * @param bootstrapServers hosts and ports, such as {@code kafka-1:9092,kafka-2:9092}
   * @param topic of the dead letters
   */
  public static Replay from(String bootstrapServers, String topic) {
    return new Replay(bootstrapServers, topic);
  }

  /** A topic to write to, in place of the one that each record is from. */
  public Replay to(String topic) {
    if (from.equals(topic)) {
      throw new IllegalArgumentException(
          "Records cannot be put back to '"
              + from
              + "', the topic of the dead letters itself. Name another.");
    }
    target = target.to(requireText(topic, "The topic to put records back to"));
    return this;
  }

  /** Only letters of these reasons. */
  public Replay reasons(Set<DeadLetterReason> reasons) {
    Selection s = selection;
    selection = new Selection(reasons, s.origins(), s.since(), s.until(), s.maxReplays());
    return this;
  }

  /** Only letters whose records are from these topics. */
  public Replay origins(Set<String> topics) {
    Selection s = selection;
    selection = new Selection(s.reasons(), topics, s.since(), s.until(), s.maxReplays());
    return this;
  }

  /**
   * Only letters that were written in this time.
   *
   * @param since at the earliest, or null
   * @param until before this time, or null
   */
  public Replay written(Instant since, Instant until) {
    Selection s = selection;
    selection = new Selection(s.reasons(), s.origins(), since, until, s.maxReplays());
    return this;
  }

  /** How often a record may be replayed, 3 times by default; one that comes back more is left. */
  public Replay maxReplays(int most) {
    Selection s = selection;
    selection = new Selection(s.reasons(), s.origins(), s.since(), s.until(), most);
    return this;
  }

  /** The consumer group that remembers where this replay ended; it must have no other use. */
  public Replay group(String name) {
    group = requireText(name, "The group");
    return this;
  }

  /** Most records a second, on average. */
  public Replay perSecond(double most) {
    if (!(most > 0)) {
      throw new IllegalArgumentException("The records a second are above 0, not " + most + ".");
    }
    perSecond = most;
    return this;
  }

  /** Whether records keep their timestamps, as they do by default, or get the time of now. */
  public Replay originalTimestamps(boolean keep) {
    target = target.withOriginalTimestamps(keep);
    return this;
  }

  /** A registry that knows the schema of letters in Confluent's wire format. */
  public Replay registry(RegistryOptions options) {
    registry = options;
    return this;
  }

  /**
   * Hands a setting on to the Kafka clients, such as those of security.
   *
   * @throws IllegalArgumentException if the setting is one that a replay makes itself
   */
  public Replay property(String name, String value) {
    properties.put(
        ClientSettings.requireFree(Objects.requireNonNull(name, "name")),
        Objects.requireNonNull(
            value, () -> "The value of client property '" + name + "' is null."));
    return this;
  }

  /**
   * Reads all that {@link #run} would read now, and writes nothing.
   *
   * @throws ReplayException if it fails, as {@link #run} would
   */
  public ReplayReport dryRun() throws InterruptedException {
    ReplaySettings settings = settings();
    try {
      return new ReplayRun(settings).dry();
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException | ReplayException | UnavailableException e) {
      throw Failures.explain(e, settings);
    }
  }

  /**
   * Writes the records of the letters that are asked for.
   *
   * @throws ReplayException if it ends before its time; what was written before stays written, and
   *     the same replay goes on behind it
   * @throws InterruptedException if the thread is interrupted; as above
   */
  public ReplayReport run() throws InterruptedException {
    ReplaySettings settings = settings();
    ReplayRun run = new ReplayRun(settings);
    try {
      return run.real();
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException | ReplayException | UnavailableException e) {
      throw Failures.explain(e, settings, run.written());
    }
  }

  /** As the JDK tells it; Kafka's exception has marked the thread again. */
  private static InterruptedException interrupted(InterruptException e) {
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException(e.getMessage());
    interrupted.initCause(e);
    return interrupted;
  }

  private ReplaySettings settings() {
    return new ReplaySettings(
        from,
        group,
        selection,
        target,
        perSecond,
        registry,
        new ClientSettings(bootstrapServers, properties));
  }

  private static String requireText(String value, String name) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank, but is '" + value + "'.");
    }
    return value;
  }
}
