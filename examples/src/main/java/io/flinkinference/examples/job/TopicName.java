package io.flinkinference.examples.job;

import io.flinkinference.examples.file.Shape;
import io.flinkinference.examples.file.Shapes;
import java.util.regex.Pattern;

/** Names that Kafka takes for topics (its class {@code Topic}). */
final class TopicName {

  static final Shape<String> SHAPE =
      Shapes.text(
          "a name of a topic, of letters, digits, dots, underscores and hyphens, 249 at most",
          TopicName::parse);

  private static final Pattern LEGAL = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  private TopicName() {}

  private static String parse(String text) {
    if (!LEGAL.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
