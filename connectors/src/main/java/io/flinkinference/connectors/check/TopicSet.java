package io.flinkinference.connectors.check;

import static io.flinkinference.connectors.client.ClientProperties.requireText;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;

/** The topics of a source: by name, or by a pattern of names. Immutable. */
public final class TopicSet implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ArrayList<String> names;
  private final Pattern pattern;

  private TopicSet(List<String> names, Pattern pattern) {
    this.names = new ArrayList<>(names); // A list that Java serialises, and takes a null to name.
    this.pattern = pattern;
  }

  /** Topics by their names. */
  public static TopicSet named(String... names) {
    return new TopicSet(Arrays.asList(names), null);
  }

  /** All topics whose whole names match. */
  public static TopicSet matching(Pattern pattern) {
    return new TopicSet(List.of(), pattern);
  }

  /**
   * Checks what was given.
   *
   * @throws IllegalArgumentException if there is nothing to read
   */
  public void validate() {
    if (pattern != null) {
      requireText(pattern.pattern(), "topic pattern", "pass one of the names to read");
      return;
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no topic to read; pass names to source(), or call sourceMatching().");
    }
    names.forEach(name -> requireText(name, "topic", "pass the name of the topic to read"));
  }

  boolean contains(String topic) {
    return pattern == null ? names.contains(topic) : pattern.matcher(topic).matches();
  }

  /** Names, where there is no pattern. */
  List<String> names() {
    return names;
  }

  Optional<Pattern> pattern() {
    return Optional.ofNullable(pattern);
  }

  /** The connector's own way to look for them. */
  KafkaSubscriber subscriber() {
    return pattern == null
        ? KafkaSubscriber.getTopicListSubscriber(names)
        : KafkaSubscriber.getTopicPatternSubscriber(pattern);
  }

  DefaultKafkaDatasetIdentifier identifier() {
    return pattern == null
        ? DefaultKafkaDatasetIdentifier.ofTopics(names)
        : DefaultKafkaDatasetIdentifier.ofPattern(pattern);
  }
}
