package io.flinkinference.table;

import io.flinkinference.TaskCatalog;
import io.flinkinference.TaskDefinition;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Results;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;

/** The tables of docs/sql.md that are made from the code; they stand between their markers. */
final class SqlPage {

  static final Path FILE = Path.of("..", "docs", "sql.md");

  private SqlPage() {}

  /** The page with its tables made anew. */
  static String with(String page) {
    String result = page;
    for (Map.Entry<String, String> table : tables().entrySet()) {
      String begin = "<!-- begin " + table.getKey() + " -->\n";
      int from = result.indexOf(begin);
      int to = result.indexOf("<!-- end " + table.getKey() + " -->");
      if (from < 0 || to < from) {
        throw new IllegalArgumentException("The page lacks the markers of " + table.getKey() + ".");
      }
      result = result.substring(0, from) + begin + table.getValue() + result.substring(to);
    }
    return result;
  }

  private static Map<String, String> tables() {
    return new TreeMap<>(
        Map.of(
            "options", options(),
            "tasks", tasks(),
            "columns", columns(CommonColumns.ofErrors()) + columns(CommonColumns.ofTheModel()),
            "refused", refused()));
  }

  private static String options() {
    StringBuilder table =
        new StringBuilder("| option | default | meaning | tasks |\n|---|---|---|---|\n");
    for (ConfigOption<?> option : OnnxModelOptions.ALL) {
      String tasks = String.join(", ", TaskCatalog.having(option));
      table
          .append("| `")
          .append(option.key())
          .append("` | ")
          .append(option.hasDefaultValue() ? "`" + option.defaultValue() + "`" : "none")
          .append(" | ")
          .append(new HtmlFormatter().format(option.description()))
          .append(" | ")
          .append(tasks.isEmpty() ? "all" : tasks)
          .append(" |\n");
    }
    return table.toString();
  }

  private static String tasks() {
    StringBuilder table =
        new StringBuilder("| task | what | columns of its result |\n|---|---|---|\n");
    for (TaskDefinition<?> task : TaskCatalog.ALL) {
      table
          .append("| `")
          .append(task.name())
          .append("` | ")
          .append(task.description())
          .append(" | ")
          .append(columnsOf(task))
          .append(" |\n");
    }
    return table.toString();
  }

  private static <R> String columnsOf(TaskDefinition<R> task) {
    if (task.resultClass() == Results.class) {
      return "a column for each task, named as it: a `ROW` of columns that the task has alone";
    }
    if (task.resultClass() == Embedding.class) {
      return "`embedding ARRAY<FLOAT> or ARRAY<DOUBLE>`; with `vector-form` INT8 or BINARY also `embedding BYTES`";
    }
    if (task.resultClass() == Entities.class) {
      return own(EntityColumns.ALL).replace("`redacted", "with `redact` also `redacted");
    }
    return own(ResultColumns.of(task.resultClass()));
  }

  private static <R> String own(List<OutputColumn<R>> columns) {
    return columns.stream().map(column -> "`" + column + "`").collect(Collectors.joining("; "));
  }

  private static String columns(List<OutputColumn<Object>> columns) {
    return columns.stream().map(column -> "- `" + column + "`\n").collect(Collectors.joining());
  }

  private static String refused() {
    return OptionChecks.OF_THE_OPERATOR.stream()
        .map(option -> "- `" + option.key() + "`\n")
        .sorted()
        .collect(Collectors.joining());
  }
}
