package io.flinkinference.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The chart, and what Helm makes of it. */
final class Chart {

  static final Path FOLDER = Path.of("flink-inference").toAbsolutePath();
  private static final String KUBERNETES = "1.33.0";

  private Chart() {}

  /** The names of the files of values in {@code ci/}, each a way to use the chart. */
  static List<String> ways() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
      return files
          .map(file -> file.getFileName().toString().replace("-values.yaml", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path values(String way) {
    return FOLDER.resolve("ci").resolve(way + "-values.yaml");
  }

  static String render(String way) {
    return template(values(way)).call();
  }

  /** Where one more value is set, or the text of a further file of values given. */
  static TemplateCommand template(Path values) {
    return template(values, KUBERNETES);
  }

  static TemplateCommand template(Path values, String kubernetes) {
    return new Helm(FOLDER)
        .template()
        .withName("scores")
        .withNamespace("streams")
        .withKubeVersion(kubernetes)
        .withValuesFile(values);
  }
}
