package io.flinkinference.examples.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.util.TimeUtils;
import org.yaml.snakeyaml.nodes.Tag;

/** The shapes that there are. */
public final class Shapes {

  private static final Set<Tag> TEXT = Set.of(Tag.STR);
  private static final Set<Tag> WHOLE = Set.of(Tag.INT);
  private static final Set<Tag> NUMBER = Set.of(Tag.INT, Tag.FLOAT);
  private static final Set<Tag> FLAG = Set.of(Tag.BOOL);
  private static final String DURATION = "^ *[0-9]+ *[a-zµ]+ *$";

  private Shapes() {}

  /** A text that is not blank. */
  public static Shape<String> text() {
    return parsed("a text", "string", Shapes::nonBlank);
  }

  /**
   * A text of a certain form.
   *
   * @param words what it is
   * @param parser makes a value of it; see {@link Scalar.Parser}
   */
  public static <T> Shape<T> text(String words, Function<String, T> parser) {
    // What looks like a date to YAML is a text as well.
    return new Scalar<>(
        words,
        Set.of(Tag.STR, Tag.TIMESTAMP),
        type("string"),
        text -> parser.apply(nonBlank(text)));
  }

  /** A text that is not shown, unless it is a placeholder. */
  public static Shape<String> secret() {
    return new Scalar<String>("a text", TEXT, type("string"), Shapes::nonBlank).secret();
  }

  /** A text of which nothing is asked, and which may be empty: the value of a property. */
  private static Shape<String> anyText() {
    // Properties have texts as values, whether or not they look like numbers or dates.
    return new Scalar<>(
        "a text",
        Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP),
        types("string", "number", "boolean"),
        text -> text);
  }

  /** A whole number. */
  public static Shape<Integer> whole(int least) {
    ObjectNode schema = type("integer").put("minimum", least);
    return new Scalar<>(
        "a whole number, at least " + least,
        WHOLE,
        schema,
        text -> {
          int value = Integer.parseInt(text);
          require(value >= least);
          return value;
        });
  }

  /** A number above 0. */
  public static Shape<Double> positive() {
    return new Scalar<>(
        "a number above 0",
        NUMBER,
        type("number").put("exclusiveMinimum", 0),
        text -> {
          double value = Double.parseDouble(text);
          require(value > 0 && value < Double.POSITIVE_INFINITY);
          return value;
        });
  }

  /** True or false. */
  public static Shape<Boolean> flag() {
    return new Scalar<>(
        "true or false",
        FLAG,
        type("boolean"),
        text -> {
          require(text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"));
          return Boolean.valueOf(text);
        });
  }

  /** A time with its unit, at least a millisecond: Flink and Kafka count in these. */
  public static Shape<Duration> duration() {
    return new Scalar<>(
        "a time with a unit, such as 500 ms, 10 s or 5 min",
        TEXT,
        type("string").put("pattern", DURATION),
        text -> {
          // Without a unit Flink would take milliseconds.
          require(text.matches(DURATION));
          Duration duration = TimeUtils.parseDuration(text);
          require(duration.toMillis() > 0);
          return duration;
        });
  }

  /** One of the constants of an enum, as {@link #spelled} writes them. */
  public static <E extends Enum<E>> Shape<E> choice(Class<E> type) {
    return choice(Arrays.asList(type.getEnumConstants()), Shapes::spelled);
  }

  /** One of several names. */
  public static Shape<String> choice(List<String> names) {
    return choice(names, name -> name);
  }

  private static <T> Shape<T> choice(List<T> all, Function<T, String> name) {
    List<String> names = all.stream().map(name).toList();
    ObjectNode schema = type("string");
    ArrayNode values = schema.putArray("enum");
    names.forEach(values::add);
    return new Scalar<>(
        "one of " + String.join(", ", names),
        TEXT,
        schema,
        text -> {
          int index = names.indexOf(text);
          require(index >= 0);
          return all.get(index);
        });
  }

  /** The value of an option of Flink's configuration, as Flink reads it. */
  public static <T> Shape<T> option(ConfigOption<T> option) {
    return OptionShape.of(option);
  }

  /**
   * What an option of Flink's configuration takes, such as {@code a time with a unit}, where a text
   * is nothing of that; else empty.
   */
  public static Optional<String> wanted(ConfigOption<?> option, String text) {
    return OptionShape.wanted(option, text);
  }

  /** Values of one shape, at least one. */
  public static <T> Shape<List<T>> listOf(Shape<T> item) {
    return new ListShape<>(item);
  }

  /** Values of one shape with names that the user chooses, in the order of the file. */
  public static <T> Shape<Map<String, T>> mapOf(Shape<T> value) {
    return new MapShape<>(value, name -> false);
  }

  /** Values of sections of any depth, under their names with dots between. */
  public static Shape<Map<String, String>> tree() {
    return new TreeShape(anyText());
  }

  /** A constant as it stands in a file: in small letters, with hyphens. */
  public static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Texts of which nothing is asked, under names of the user's own.
   *
   * @param secret names whose values are not shown, unless they are placeholders
   */
  public static Shape<Map<String, String>> properties(Predicate<String> secret) {
    return new MapShape<>(anyText(), secret);
  }

  private static <T> Shape<T> parsed(String words, String type, Scalar.Parser<T> parser) {
    return new Scalar<>(words, TEXT, type(type), parser);
  }

  private static String nonBlank(String text) {
    require(!text.isBlank());
    return text;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException();
    }
  }

  static ObjectNode type(String name) {
    return JsonNodeFactory.instance.objectNode().put("type", name);
  }

  static ObjectNode types(String... names) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode types = schema.putArray("type");
    Arrays.stream(names).forEach(types::add);
    return schema;
  }
}
