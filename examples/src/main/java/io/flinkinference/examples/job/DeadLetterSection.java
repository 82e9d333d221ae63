package io.flinkinference.examples.job;

import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Section;

/** The section {@code dead-letters}: what becomes of records that cannot be scored. */
final class DeadLetterSection {

  static final Key<String> TOPIC =
      Key.required(
          "topic",
          TopicName.SHAPE,
          "Name of the topic for records that cannot be scored, with the reason;"
              + " docs/dead-letters.md says more.");

  static final Section SECTION = Section.of(TOPIC);

  private DeadLetterSection() {}
}
