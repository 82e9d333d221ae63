package io.flinkinference.connectors.source;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Fails the job as soon as it starts. What fails while a checkpoint is restored Flink (2.3) may try
 * to tell a job that is not there yet, and then nobody hears of it.
 *
 * <p><b>Thread safety:</b> for the coordinator's thread.
 */
final class RefusingEnumerator
    implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

  private final boolean bounded;

  /**
   * @param bounded whether the source is to end; the checkpoint's did the other
   */
  RefusingEnumerator(boolean bounded) {
    this.bounded = bounded;
  }

  @Override
  public void start() {
    throw refusal();
  }

  @Override
  public KafkaSourceEnumState snapshotState(long checkpoint) {
    throw refusal();
  }

  private IllegalStateException refusal() {
    return new IllegalStateException(
        (bounded
                ? "The source is to end, but it goes on from the checkpoint of one that did not: its"
                    + " partitions have no end."
                : "The source is not to end, but it goes on from the checkpoint of one that did:"
                    + " behind that end it would read nothing.")
            + " Set the end as it was (boundedAt(), in a job's file source.bounded), or begin"
            + " without that checkpoint.");
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {}

  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {}

  @Override
  public void addReader(int subtask) {}

  @Override
  public void close() {}
}
