package io.flinkinference.examples.labels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class LabelsFileTest {

  @Test
  void labelsKeepTheirOrder() throws IOException {
    TopicLabels labels = read("temperature: 0.1\nlabels:\n  z: last letter\n  a: first letter\n");
    assertThat(labels.temperature()).isEqualTo(0.1);
    assertThat(labels.descriptions().keySet()).containsExactly("z", "a");
    assertThat(labels.descriptions()).containsEntry("a", "first letter");
  }

  @Test
  void temperatureMayBeLeftOut() throws IOException {
    assertThat(read("labels: {a: one, b: two}").temperature()).isEqualTo(0.05);
  }

  @Test
  void shippedLabelsCanBeRead() throws IOException {
    assertThat(LabelsFile.ofTheEuropeanParliament().descriptions()).hasSizeGreaterThanOrEqualTo(12);
  }

  @Test
  void mistakesAreNamed() {
    assertMistake("labels: {a: one}", "two labels at least");
    assertMistake("labels: [a, b]", "map 'labels'");
    assertMistake("- a\n- b", "map 'labels'");
    assertMistake("", "map 'labels'");
    assertMistake("labels: {a: one, b: }", "'b' has no description");
    assertMistake("labels: {a: one, b: [x]}", "'b' is a text");
    assertMistake("labels: {'': one, b: two}", "has no name");
    assertMistake("labels: {a: one, a: two}", "a");
    assertMistake("labels: {a: one, b: two}\ntemperature: 0", "above 0");
    assertMistake("labels: {a: one, b: two}\ntemperature: warm", "is a number");
    assertMistake("labels: {a: one, b: two}\ntemprature: 1", "Unknown key 'temprature'");
    assertMistake("labels: {a: one", "no YAML");
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> LabelsFile.read(Path.of("none.yaml")))
        .isInstanceOf(IOException.class)
        .hasMessage("There is no file none.yaml.");
  }

  private static void assertMistake(String yaml, String words) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("labels.yaml")
        .hasMessageContaining(words);
  }

  private static TopicLabels read(String yaml) throws IOException {
    return LabelsFile.read(new ByteArrayInputStream(yaml.getBytes(UTF_8)), "labels.yaml");
  }
}
