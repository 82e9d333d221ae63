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
  static final Path SCHEMA = FOLDER.resolve("values.schema.json");
  static final Path JOB_SCHEMA = Path.of("..", "docs", "job.schema.json");
  static final String RELEASE = "scores";
  static final String KUBERNETES = "1.35.0";

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
    return render(values(way));
  }

  /** The same of a file of values; fails with what Helm answers where it is refused. */
  static String render(Path values) {
    return template(values, RELEASE, KUBERNETES).call();
  }

  /** What is rendered, or else why not. */
  static String answer(Path values) {
    return answer(values, RELEASE, KUBERNETES);
  }

  /** The same for a release of another name, or another version of Kubernetes. */
  static String answer(Path values, String release, String kubernetes) {
    try {
      return template(values, release, kubernetes).call();
    } catch (IllegalStateException e) {
      return e.getMessage();
    }
  }

  /** The same in another namespace. */
  static String renderIn(String namespace, Path values) {
    return template(values, RELEASE, KUBERNETES).withNamespace(namespace).call();
  }

  private static TemplateCommand template(Path values, String release, String kubernetes) {
    return new Helm(FOLDER)
        .template()
        .withName(release)
        .withNamespace("streams")
        .withKubeVersion(kubernetes)
        .withValuesFile(values);
  }
}
