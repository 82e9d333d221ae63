package io.flinkinference.connectors.replay;

import io.flinkinference.connectors.registry.RegistryOptions;
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

  /** What the group remembers with its offsets. */
  String mark() {
    return "replay of " + selection.describe() + ", " + target.describe();
  }

  /** The same for all replays of a group, so that one shuts out another. */
  String transactionalId() {
    return "flink-inference-replay-" + group + "-" + from;
  }

  /** Where there is a limit, so few at once that the pace is even. */
  OptionalInt batchRecords() {
    return Double.isInfinite(perSecond)
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.max(1, Math.min(LARGEST_BATCH, perSecond)));
  }
}
