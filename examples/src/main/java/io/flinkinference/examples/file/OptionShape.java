package io.flinkinference.examples.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.yaml.snakeyaml.nodes.Tag;

/** The value of an option of Flink's configuration: Flink itself parses single ones. */
final class OptionShape {

  private static final Set<Tag> SCALARS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);

  private OptionShape() {}

  @SuppressWarnings("unchecked") // The option's type was found out.
  static <T> Shape<T> of(ConfigOption<T> option) {
    OptionType type = OptionType.of(option);
    return switch (type) {
      case MAP -> (Shape<T>) Shapes.mapOf(Shapes.text());
      case LIST -> (Shape<T>) Shapes.listOf(Shapes.text());
      default -> single(option, type);
    };
  }

  private static <T> Shape<T> single(ConfigOption<T> option, OptionType type) {
    return new Scalar<>(
        words(option, type),
        SCALARS,
        schema(option, type),
        text -> {
          Configuration configuration = new Configuration();
          configuration.setString(option.key(), text);
          try {
            return configuration.get(option);
          } catch (IllegalArgumentException e) {
            // Flink's words of a choice are those of a programmer, and ours name them all.
            throw OptionType.choices(option).isEmpty() ? e : new IllegalArgumentException();
          }
        });
  }

  /** What an option takes, where a text is nothing of that. */
  static Optional<String> wanted(ConfigOption<?> option, String text) {
    Configuration configuration = new Configuration();
    configuration.setString(option.key(), text);
    try {
      configuration.get(option);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(words(option, OptionType.of(option)));
    }
  }

  private static String words(ConfigOption<?> option, OptionType type) {
    List<String> choices = OptionType.choices(option);
    if (!choices.isEmpty()) {
      return "one of " + String.join(", ", choices);
    }
    return switch (type) {
      case FLAG -> "true or false";
      case WHOLE -> "a whole number";
      case NUMBER -> "a number";
      case DURATION -> "a time with a unit";
      case TEXT -> "a text";
      default -> "a value as Flink's documentation shows it";
    };
  }

  private static ObjectNode schema(ConfigOption<?> option, OptionType type) {
    List<String> choices = OptionType.choices(option);
    if (!choices.isEmpty()) {
      ObjectNode schema = Shapes.type("string");
      ArrayNode values = schema.putArray("enum");
      choices.forEach(values::add);
      return schema;
    }
    return switch (type) {
      case FLAG -> Shapes.type("boolean");
      case WHOLE -> Shapes.type("integer");
      case NUMBER -> Shapes.type("number");
      default -> Shapes.types("string", "number", "boolean");
    };
  }
}
