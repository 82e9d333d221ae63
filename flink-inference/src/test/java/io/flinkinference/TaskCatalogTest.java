package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.task.ClassificationTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskCatalogTest {

  @Test
  void tasksAreFoundByTheirNames() {
    assertThat(TaskCatalog.named("embedding").name()).isEqualTo("embedding");
    assertThatThrownBy(() -> TaskCatalog.named("summary"))
        .hasMessageContaining("no task 'summary'")
        .hasMessageContaining("zero-shot");
  }

  @Test
  void eachTaskHasItsResultsClass() {
    Configuration options = new Configuration();
    options.set(TaskOptions.LABELS, Map.of("sport", "matches"));
    options.set(TaskOptions.LABEL_NAMES, List.of("sport"));
    options.set(TaskOptions.TEXTS, Map.of("sport", "a match\nanother one"));
    options.set(TaskOptions.HEAD, "mood");
    options.set(TaskOptions.TASKS, Map.of("vector.task", "embedding"));
    for (TaskDefinition<?> task : TaskCatalog.ALL) {
      assertThat((Object) task.task(options).resultType().getTypeClass())
          .as(task.name())
          .isEqualTo(task.resultClass());
    }
  }

  @Test
  void anOptionHasOneMeaningForAllTasks() {
    assertThat(TaskCatalog.options()).extracting(ConfigOption::key).doesNotHaveDuplicates();
    assertThat(TaskCatalog.having(TaskOptions.TOP_K))
        .containsExactly("text-classification", "zero-shot", "nearest");
  }

  @Test
  void labelsOfAFileNameTheIds(@TempDir Path directory) throws Exception {
    Configuration options = new Configuration();
    Path file = directory.resolve("labels.txt");
    options.set(TaskOptions.LABEL_FILE, file.toString());
    TaskDefinition<?> task = TaskCatalog.named("text-classification");
    assertThatThrownBy(() -> task.task(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label-file: there is no file " + file + ".");
    Files.writeString(file, "sad\n\nglad");
    assertThatThrownBy(() -> task.task(options)).hasMessageContaining("line 2: there is no label");
    Files.writeString(file, "sad\nglad\n");
    assertThat(task.task(options).task())
        .isEqualTo(new ClassificationTask().withLabels(List.of("sad", "glad")));
  }

  @Test
  void whatIsMissingOrOutOfRangeIsToldByItsKey() {
    assertThatThrownBy(() -> TaskCatalog.named("zero-shot").task(new Configuration()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels");
    Configuration options = new Configuration();
    options.set(TaskOptions.TOP_K, 0);
    assertThatThrownBy(() -> TaskCatalog.named("text-classification").task(options))
        .hasMessage("top-k is 0. Set at least 1, or leave it out.");
  }
}
