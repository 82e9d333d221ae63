package io.flinkinference.connectors.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which part of a topic a replay reads.
 *
 * <p>A group remembers with its offsets what it was asked for. Offsets alone would let a run that
 * asks for something else skip, unseen, what earlier runs have passed over.
 *
 * @param starts offset of the first record, by partition
 * @param ends offset behind the last record, by partition
 * @param mark what the group remembers beside its offsets
 * @param passedBefore whether the group has been here before
 */
record Place(
    Map<TopicPartition, Long> starts,
    Map<TopicPartition, Long> ends,
    String mark,
    boolean passedBefore) {

  /**
   * Asks Kafka.
   *
   * @throws ReplayException if there is no such topic, or the group was here for something else
   */
  static Place find(Consumer<byte[], byte[]> consumer, ReplaySettings settings) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(settings.from()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new ReplayException(
          "There is no topic '"
              + settings.from()
              + "' of dead letters. Name the one that the job writes them to.");
    }
    Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(partitions));
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    boolean passedBefore = false;
    for (var entry : consumer.committed(Set.copyOf(partitions)).entrySet()) {
      if (entry.getValue() != null) {
        check(entry.getKey(), entry.getValue(), ends, settings);
        starts.merge(entry.getKey(), entry.getValue().offset(), Math::max);
        passedBefore = true;
      }
    }
    return new Place(starts, ends, settings.mark(), passedBefore);
  }

  private static void check(
      TopicPartition partition,
      OffsetAndMetadata committed,
      Map<TopicPartition, Long> ends,
      ReplaySettings settings) {
    if (!committed.metadata().equals(settings.mark())) {
      throw new ReplayException(
          "The group '%s' has read %s for '%s', and is now asked for '%s'. It would skip, unseen, what it passed over. Ask for the same again, or name another group."
              .formatted(
                  settings.group(), partition.topic(), committed.metadata(), settings.mark()));
    }
    if (committed.offset() > ends.get(partition)) {
      throw new ReplayException(
          "The group '%s' has read %s up to offset %d, but it ends at %d, so it was made anew. Name another group."
              .formatted(settings.group(), partition, committed.offset(), ends.get(partition)));
    }
  }
}
