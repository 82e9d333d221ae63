package io.flinkinference.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chart's README, made from the comments of values.yaml. */
final class ReadmePage {

  static final Path FILE = Chart.FOLDER.resolve("README.md");

  private static final Pattern LINE = Pattern.compile("( *)([A-Za-z_0-9]+):(?: (.+))?");

  private static final String HEAD =
      """
      # The chart flink-inference

      Runs a scoring job of flink-inference on a Kubernetes cluster that has the Apache Flink Kubernetes Operator:

          helm install scores helm/flink-inference -f values.yaml

      [docs/kubernetes.md](../../docs/kubernetes.md) tells how; the files in `ci/` are examples. This page is made from the comments of values.yaml;
      to make it anew: `mvn -B -ntp -pl helm -am test -Dtest=ReadmeTest
      -Dsurefire.failIfNoSpecifiedTests=false -Dreadme.write`.

      | value | default | meaning |
      |---|---|---|
      """;

  private ReadmePage() {}

  static String render() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    List<String> path = new ArrayList<>();
    String comment = null;
    for (String line : Files.readAllLines(Chart.FOLDER.resolve("values.yaml"))) {
      Matcher matcher = LINE.matcher(line);
      if (line.strip().startsWith("# -- ")) {
        comment = line.strip().substring(5);
      } else if (matcher.matches()) {
        path = new ArrayList<>(path.subList(0, matcher.group(1).length() / 2));
        path.add(matcher.group(2));
        page.append(row(String.join(".", path), matcher.group(3), comment));
        comment = null;
      }
    }
    return page.toString();
  }

  private static String row(String key, String value, String comment) {
    if (comment == null) {
      throw new AssertionError("The value " + key + " has no comment '# -- ' before it.");
    }
    String shown = value == null ? "" : "`" + value + "`";
    return "| `%s` | %s | %s |\n".formatted(key, shown, comment.replace("|", "\\|"));
  }
}
