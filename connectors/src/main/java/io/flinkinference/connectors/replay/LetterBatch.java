package io.flinkinference.connectors.replay;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What was read at once.
 *
 * @param letters in the order of each partition
 * @param unreadable records among them that are no letters
 * @param next where to go on, for each partition that has moved
 */
record LetterBatch(
    List<Letter> letters,
    List<UnreadableLetter> unreadable,
    Map<TopicPartition, OffsetAndMetadata> next) {}
