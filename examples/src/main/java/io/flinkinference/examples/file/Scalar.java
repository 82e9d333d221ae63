package io.flinkinference.examples.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A single value.
 *
 * @param <T> type that it is read as
 */
final class Scalar<T> implements Shape<T> {

  /** What is shown instead of a secret. */
  static final String HIDDEN = "(hidden)";

  /** A user with a password before a host, in a URL or what was meant as one, also of several. */
  private static final Pattern USER_IN_URL = Pattern.compile(":\\S+@");

  private final String words;
  private final Set<Tag> tags;
  private final ObjectNode schema;
  private final Parser<T> parser;
  private final boolean secret;

  /**
   * @param words what it is
   * @param tags YAML's types that may stand there
   * @param schema as a JSON Schema
   */
  Scalar(String words, Set<Tag> tags, ObjectNode schema, Parser<T> parser) {
    this(words, tags, schema, parser, false);
  }

  private Scalar(String words, Set<Tag> tags, ObjectNode schema, Parser<T> parser, boolean secret) {
    this.words = words;
    this.tags = tags;
    this.schema = schema;
    this.parser = parser;
    this.secret = secret;
  }

  /** The same, but it is not shown unless it is a placeholder. */
  Scalar<T> secret() {
    return new Scalar<>(words, tags, schema, parser, true);
  }

  @Override
  public T read(String path, Node node, Reading reading) {
    if (!(node instanceof ScalarNode scalar)) {
      reading.problem(node, path + " is " + kind(node) + ", but it has to be " + words + ".");
      return null;
    }
    String raw = scalar.getValue();
    boolean placeholder = Placeholders.in(raw);
    if (!placeholder && !tags.contains(node.getTag())) {
      reading.problem(node, wrongType(path, node, raw));
      return null;
    }
    String value;
    try {
      value = reading.placeholders().resolve(raw);
    } catch (IllegalArgumentException e) {
      reading.problem(node, path + ": " + e.getMessage());
      return null;
    }
    try {
      return parser.parse(value);
    } catch (RuntimeException e) {
      // What a placeholder stands for may be a secret, and the parser's message may hold it.
      String why = placeholder || secret ? "" : why(e);
      reading.problem(node, path + " is " + shown(raw) + ", but it has to be " + words + "." + why);
      return null;
    }
  }

  /** The first line of what the parser says, or of what made it say so, after a blank. */
  private static String why(RuntimeException problem) {
    Throwable told = problem;
    while (told.getCause() instanceof IllegalArgumentException cause) {
      told = cause;
    }
    boolean telling =
        told.getClass() == IllegalArgumentException.class && told.getMessage() != null;
    return telling ? " " + told.getMessage().lines().findFirst().orElse("") : "";
  }

  private String wrongType(String path, Node node, String raw) {
    if (Tag.NULL.equals(node.getTag())) {
      return path + " has no value, but it has to be " + words + ".";
    }
    return path
        + " is "
        + shown(raw)
        + ", but it has to be "
        + words
        + (isTextInQuotes(raw) ? ". Put it in quotes if it is meant so." : ".");
  }

  private boolean isTextInQuotes(String raw) {
    if (!tags.contains(Tag.STR)) {
      return false;
    }
    try {
      parser.parse(raw);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private String shown(String raw) {
    return isHidden(raw) ? HIDDEN : "'" + raw + "'";
  }

  private boolean isHidden(String raw) {
    return (secret && !Placeholders.is(raw)) || USER_IN_URL.matcher(raw).find();
  }

  /** What a node is that is not a single value. */
  static String kind(Node node) {
    return switch (node.getNodeId()) {
      case mapping -> "a section";
      case sequence -> "a list";
      default -> Tag.NULL.equals(node.getTag()) ? "empty" : "a single value";
    };
  }

  @Override
  public ObjectNode schema() {
    if (takesAnyText()) {
      return schema.deepCopy();
    }
    ObjectNode either = JsonNodeFactory.instance.objectNode();
    either
        .putArray("anyOf")
        .add(schema.deepCopy())
        .add(
            JsonNodeFactory.instance
                .objectNode()
                .put("type", "string")
                .put("pattern", Placeholders.PATTERN));
    return either;
  }

  private boolean takesAnyText() {
    boolean text = schema.path("type").toString().contains("\"string\"");
    return text && !schema.has("enum") && !schema.has("pattern");
  }

  @Override
  public String words() {
    return words;
  }

  @Override
  public String show(Node node) {
    String raw = ((ScalarNode) node).getValue();
    return isHidden(raw) ? HIDDEN : raw;
  }

  /** Makes a value of a text. */
  @FunctionalInterface
  interface Parser<T> {

    /**
     * Parses it.
     *
     * @throws IllegalArgumentException if it is none; the message, which may be null, is a further
     *     sentence
     */
    T parse(String text);
  }
}
