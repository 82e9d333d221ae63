package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^}]*}}");

  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("io.flinkinference.helm.Refusal#all")
  void chartRefusesWithASentence(Refusal refusal) throws Exception {
    String answer = refusal.answer(directory.resolve("values.yaml"));
    assertThat(answer).contains(refusal.says()).doesNotContain("not-for-all");
  }

  @Test
  void everySentenceOfTheTemplatesHasACase() throws Exception {
    StringBuilder answers = new StringBuilder();
    for (Refusal refusal : Refusal.all()) {
      answers.append(refusal.answer(directory.resolve("values.yaml"))).append('\n');
    }
    List<String> without = new ArrayList<>();
    for (String sentence : sentences()) {
      if (!pattern(sentence).matcher(answers).find()) {
        without.add(sentence);
      }
    }
    assertThat(without).isEmpty();
  }

  private static Pattern pattern(String sentence) {
    StringBuilder pattern = new StringBuilder();
    for (String part : PLACEHOLDER.split(sentence, -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(pattern.toString());
  }

  /** Lines of the templates of refusals that are neither instructions nor comments. */
  private static List<String> sentences() throws Exception {
    List<String> sentences = new ArrayList<>();
    try (Stream<Path> files = Files.list(Chart.FOLDER.resolve("templates"))) {
      for (Path file : files.filter(f -> f.toString().contains("_refusals")).toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("{{-") && !line.startsWith("{{/*"))
            .forEach(sentences::add);
      }
    }
    assertThat(sentences).hasSizeGreaterThan(25);
    return sentences;
  }
}
