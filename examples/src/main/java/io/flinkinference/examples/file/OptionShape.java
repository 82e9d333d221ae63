package io.flinkinference.examples.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.yaml.snakeyaml.nodes.Tag;

/** The value of an option of Flink's configuration: Flink itself parses it. */
final class OptionShape {

  private static final Set<Tag> SCALARS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);

  private OptionShape() {}

  static <T> Shape<T> of(ConfigOption<T> option) {
    return new Scalar<>(
        words(option),
        SCALARS,
        schema(option),
        text -> {
          Configuration configuration = new Configuration();
          configuration.setString(option.key(), text);
          return configuration.get(option);
        });
  }

  private static String words(ConfigOption<?> option) {
    Object value = option.defaultValue();
    if (value instanceof Boolean) {
      return "true or false";
    }
    if (value instanceof Integer) {
      return "a whole number";
    }
    if (value instanceof Duration) {
      return "a time with a unit";
    }
    return value instanceof Enum<?> one
        ? "one of " + String.join(", ", names(one))
        : "a value of Flink's configuration";
  }

  private static ObjectNode schema(ConfigOption<?> option) {
    Object value = option.defaultValue();
    if (value instanceof Boolean) {
      return Shapes.type("boolean");
    }
    if (value instanceof Integer) {
      return Shapes.type("integer");
    }
    if (value instanceof Enum<?> one) {
      ObjectNode schema = Shapes.type("string");
      ArrayNode values = schema.putArray("enum");
      Arrays.asList(names(one)).forEach(values::add);
      return schema;
    }
    return Shapes.types("string", "number", "boolean");
  }

  private static String[] names(Enum<?> one) {
    return Arrays.stream(one.getDeclaringClass().getEnumConstants())
        .map(Object::toString)
        .toArray(String[]::new);
  }
}
