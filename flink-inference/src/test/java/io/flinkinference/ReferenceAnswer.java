package io.flinkinference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.task.Aggregation;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * What the reference implementation makes of a text, as the scripts in src/test/reference write.
 */
final class ReferenceAnswer {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNode row;

  private ReferenceAnswer(JsonNode row) {
    this.row = row;
  }

  static List<ReferenceAnswer> readAll(Path file) throws IOException {
    List<ReferenceAnswer> answers = new ArrayList<>();
    MAPPER.readTree(file.toFile()).forEach(row -> answers.add(new ReferenceAnswer(row)));
    return answers;
  }

  TextInput input() {
    return new TextInput(row.get("text").asText(), row.path("pair").textValue());
  }

  String text() {
    return row.get("text").asText();
  }

  boolean isPair() {
    return row.hasNonNull("pair");
  }

  /** Whether an encoding has the ids, and the type ids where the reference gives some. */
  boolean hasIdsOf(Encoding encoding) {
    return isColumn("ids", encoding.length(), encoding::id)
        && (!row.has("typeIds") || isColumn("typeIds", encoding.length(), encoding::typeId));
  }

  private boolean isColumn(String key, int length, IntUnaryOperator value) {
    JsonNode expected = row.get(key);
    boolean same = expected.size() == length;
    for (int i = 0; same && i < length; i++) {
      same = expected.get(i).asInt() == value.applyAsInt(i);
    }
    return same;
  }

  String pair() {
    return row.path("pair").textValue();
  }

  /** Whether the reference says so much of this text. */
  boolean has(String key) {
    return row.hasNonNull(key);
  }

  /** What the pipeline of an aggregation finds: label, score, start and end in code points. */
  List<Found> entities(Aggregation aggregation) {
    List<Found> found = new ArrayList<>();
    for (JsonNode one : row.get("entities").get(aggregation.name().toLowerCase(Locale.ROOT))) {
      found.add(
          new Found(
              one.get("label").asText(),
              one.get("start").asInt(),
              one.get("end").asInt(),
              one.get("score").floatValue()));
    }
    return found;
  }

  /**
   * A part of a text.
   *
   * @param start in code points
   * @param end in code points
   */
  record Found(String label, int start, int end, float score) {}

  /** Scores by label: {@code one} of them fits, or {@code several} may. */
  Map<String, Float> topics(String of) {
    Map<String, Float> topics = new HashMap<>();
    for (Map.Entry<String, JsonNode> topic : row.get("topics").get(of).properties()) {
      topics.put(topic.getKey(), topic.getValue().floatValue());
    }
    return topics;
  }

  /** A list of numbers: values, vector or scores. */
  float[] numbers(String key) {
    return MAPPER.convertValue(row.get(key), float[].class);
  }

  /** The cosine of the angle to the vector of a key. */
  double cosine(String key, float... vector) {
    float[] expected = numbers(key);
    double product = 0;
    double squares = 0;
    double expectedSquares = 0;
    for (int i = 0; i < expected.length; i++) {
      product += (double) expected[i] * vector[i];
      squares += (double) vector[i] * vector[i];
      expectedSquares += (double) expected[i] * expected[i];
    }
    return product / Math.sqrt(squares * expectedSquares);
  }

  @Override
  public String toString() {
    return row.toString();
  }
}
