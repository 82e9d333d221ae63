package io.flinkinference.examples.labels;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads labels from YAML:
 *
 * <pre>{@code
 * temperature: 0.05
 * labels:
 *   sport: matches, athletes, results of games
 *   weather: rain, sun, storms and forecasts
 * }</pre>
 */
public final class LabelsFile {

  private static final double DEFAULT_TEMPERATURE = 0.05;
  private static final Set<String> KEYS = Set.of("temperature", "labels");
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private LabelsFile() {}

  /** Reads a file; {@code temperature} may be left out and is 0.05 then. */
  public static TopicLabels read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("There is no file " + file + ".");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    }
  }

  /** The labels that suit the debates of the European Parliament. */
  public static TopicLabels ofTheEuropeanParliament() throws IOException {
    String resource = "/european-parliament-topics.yaml";
    try (InputStream in = LabelsFile.class.getResourceAsStream(resource)) {
      return read(in, resource);
    }
  }

  static TopicLabels read(InputStream in, String name) throws IOException {
    try {
      return parse(YAML.readTree(in));
    } catch (JsonProcessingException e) {
      throw new IOException(name + " is no YAML that can be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  private static TopicLabels parse(JsonNode root) {
    if (!root.path("labels").isObject()) {
      throw new IllegalArgumentException(
          "It has to hold a map 'labels' from the name of a label to its description.");
    }
    root.fieldNames().forEachRemaining(LabelsFile::requireKnown);
    JsonNode temperature = root.get("temperature");
    if (temperature != null && !temperature.isNumber()) {
      throw new IllegalArgumentException("temperature is a number, not " + temperature + ".");
    }
    Map<String, String> descriptions = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> label : root.get("labels").properties()) {
      JsonNode description = label.getValue();
      if (description.isContainerNode()) {
        throw new IllegalArgumentException(
            "The description of label '" + label.getKey() + "' is a text, not " + description);
      }
      descriptions.put(label.getKey(), description.isNull() ? null : description.asText());
    }
    return new TopicLabels(
        temperature == null ? DEFAULT_TEMPERATURE : temperature.doubleValue(), descriptions);
  }

  private static void requireKnown(String key) {
    if (!KEYS.contains(key)) {
      throw new IllegalArgumentException(
          "Unknown key '" + key + "'. There are temperature and labels.");
    }
  }
}
