package io.flinkinference.connectors.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkinference.connectors.registry.RegistryOptions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalInt;

/**
 * What a replay is to do. Immutable.
 *
 * @param from topic of the dead letters
 * @param group that remembers where a replay ended
 * @param selection which letters
 * @param target where to
 * @param perSecond most records a second; infinite for no limit
 * @param registry of schemas, or null where there is none
 * @param clients settings of the Kafka clients
 */
record ReplaySettings(
    String from,
    String group,
    Selection selection,
    Target target,
    double perSecond,
    RegistryOptions registry,
    ClientSettings clients) {

  private static final int LARGEST_BATCH = 500;

  /** Kafka's default of the broker's {@code offset.metadata.max.bytes}. */
  private static final int LONGEST_MARK = 4_096;

  /**
   * What the group remembers with its offsets. Without a registry some letters cannot be read and
   * are passed, so one that is given later is something else to ask for.
   */
  String mark() {
    String asked = "replay of " + selection.describe() + ", " + target.describe();
    return shortened(registry == null ? asked : asked + ", with a schema registry");
  }

  /** A broker takes so much and no more; what is cut off still tells one from another. */
  private static String shortened(String mark) {
    if (mark.length() <= LONGEST_MARK) {
      return mark;
    }
    String rest = "... #" + sha256(mark);
    return mark.substring(0, LONGEST_MARK - rest.length()) + rest;
  }

  private static String sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Each JVM has SHA-256.", e);
    }
  }

  /** The same for all replays of a group, so that one shuts out another. No topic has a slash. */
  String transactionalId() {
    return "flink-inference-replay-" + group + "/" + from;
  }

  /** Where there is a limit, so few at once that the pace is even. */
  OptionalInt batchRecords() {
    return Double.isInfinite(perSecond)
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.max(1, Math.min(LARGEST_BATCH, perSecond)));
  }
}
