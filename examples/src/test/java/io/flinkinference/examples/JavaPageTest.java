package io.flinkinference.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of classes in docs/java.md. */
class JavaPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(io\\.[a-z.]+)` \\| (.*) \\|$");
  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)`");
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("\\b[A-Z]\\w+");

  @Test
  void classesAreWhereTheTableSays() throws Exception {
    for (MatchResult row : rows()) {
      for (String name : names(CLASS, row.group(2))) {
        assertThat(Modifier.isPublic(Class.forName(row.group(1) + "." + name).getModifiers()))
            .as(name)
            .isTrue();
      }
    }
  }

  @Test
  void tableHasTheClassesOfAllExamples() throws Exception {
    Set<String> listed = new TreeSet<>();
    rows().forEach(row -> listed.addAll(names(CLASS, row.group(2))));
    Set<String> used = new TreeSet<>();
    for (Path page : pages()) {
      JAVA.matcher(Files.readString(page))
          .results()
          .forEach(block -> used.addAll(names(NAME, block.group(1))));
    }
    used.retainAll(classes("flink-inference", "connectors"));
    assertThat(used).isNotEmpty();
    assertThat(listed).containsAll(used);
  }

  private static List<MatchResult> rows() throws IOException {
    List<MatchResult> rows =
        ROW.matcher(Files.readString(ROOT.resolve("docs/java.md"))).results().toList();
    assertThat(rows).isNotEmpty();
    return rows;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
          .filter(page -> page.toString().endsWith(".md"))
          .toList();
    }
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.groupCount() == 0 ? match.group() : match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Names of the files of modules, without packages. */
  private static Set<String> classes(String... modules) throws IOException {
    Set<String> classes = new TreeSet<>();
    for (String module : modules) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .forEach(name -> classes.add(name.substring(0, name.length() - ".java".length())));
      }
    }
    return classes;
  }
}
