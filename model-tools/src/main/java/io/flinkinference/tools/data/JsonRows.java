package io.flinkinference.tools.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON objects, one a line; labels are a string, number or truth value, or an array. */
final class JsonRows {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonRows() {}

  static void read(BufferedReader in, RowTaker rows) throws IOException {
    long number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (!line.isBlank()) {
        readLine(line, number, rows);
      }
    }
  }

  private static void readLine(String line, long number, RowTaker rows) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (MismatchedInputException e) {
      rows.bad(number, "Something follows its first JSON value. Give each a line of its own.");
      return;
    } catch (JsonProcessingException e) {
      rows.bad(number, "It is no JSON: " + e.getOriginalMessage() + ".");
      return;
    }
    JsonNode text = node.path(rows.columns().text());
    JsonNode label = node.path(rows.columns().label());
    if (!text.isTextual()) {
      rows.bad(number, "It has no string '" + rows.columns().text() + "'.");
    } else if (label.isArray()) {
      readLabels(label, text.asText(), number, rows);
    } else if (!isLabel(label)) {
      rows.bad(number, "It has no '" + rows.columns().label() + "'.");
    } else {
      rows.take(number, text.asText(), label.asText());
    }
  }

  private static void readLabels(JsonNode array, String text, long number, RowTaker rows) {
    List<String> labels = new ArrayList<>();
    for (JsonNode label : array) {
      if (!isLabel(label)) {
        rows.bad(number, "One of its labels is no plain value, but " + label + ".");
        return;
      }
      labels.add(label.asText().strip());
    }
    rows.take(number, text, labels);
  }

  private static boolean isLabel(JsonNode node) {
    return node.isValueNode() && !node.isNull();
  }
}
