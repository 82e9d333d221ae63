package io.flinkinference.examples.labels;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Labels of zero-shot classification.
 *
 * @param temperature divides the cosine similarities before the softmax; the smaller, the more the
 *     best label stands out
 * @param descriptions a label's name to what it stands for, in words that the model compares with
 *     the text; in the order of the file
 */
public record TopicLabels(double temperature, Map<String, String> descriptions) {

  public TopicLabels {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "temperature is a number above 0, such as 0.05; it is " + temperature + ".");
    }
    if (descriptions.size() < 2) {
      throw new IllegalArgumentException(
          "There are two labels at least; there is " + descriptions.keySet() + ".");
    }
    descriptions.forEach(TopicLabels::requireWords);
    descriptions = Collections.unmodifiableMap(new LinkedHashMap<>(descriptions));
  }

  private static void requireWords(String label, String description) {
    if (label.isBlank()) {
      throw new IllegalArgumentException("A label has no name; its description is: " + description);
    }
    if (description == null || description.isBlank()) {
      throw new IllegalArgumentException(
          "Label '" + label + "' has no description. Say in a few words what it stands for.");
    }
  }
}
