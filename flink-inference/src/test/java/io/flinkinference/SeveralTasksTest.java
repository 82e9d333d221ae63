package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class SeveralTasksTest {

  private static InferenceTask<?> task(Map<String, String> options) {
    return TaskCatalog.named("several").task(Configuration.fromMap(options));
  }

  @Test
  void eachNameHasItsTaskWithItsOptions() {
    InferenceTask<?> task =
        task(
            Map.of(
                "tasks.vector.task", "embedding",
                "tasks.vector.dimensions", "8",
                "tasks.topic.task", "zero-shot",
                "tasks.topic.labels.my sport", "matches",
                "tasks.topic.labels.the weather: today", "rain"));
    assertThat(task.parts().keySet()).containsExactly("topic", "vector");
    assertThat(task.parts().get("topic").resultType().getTypeClass())
        .isEqualTo(Classification.class);
    assertThat(task.parts().get("vector").resultType().getTypeClass()).isEqualTo(Embedding.class);
    assertThat(task.parts().get("vector").task().toString()).contains("dimensions=8");
  }

  @Test
  void listsAreTheirQuotedItems() {
    InferenceTask<?> task =
        task(
            Map.of(
                "tasks.mood.task", "classification-head",
                "tasks.mood.head", "mood",
                "tasks.mood.label-names", "'it''s; sad';'glad'"));
    assertThat(task.parts().get("mood").task().toString()).contains("[it's; sad, glad]");
  }

  @Test
  void whatIsWrongIsToldByTheNameOfItsTask() {
    assertThatThrownBy(() -> task(Map.of())).hasMessageContaining("There are no tasks");
    assertWrong("tasks.vector", "x", "is not the name of a task");
    assertWrong("tasks.vector.dimensions", "8", "There is no tasks.vector.task.");
    assertWrong("tasks.a.task", "summary", "tasks.a: There is no task 'summary'");
    assertWrong("tasks.a.task", "several", "tasks.a: The task is 'several' itself");
    assertWrong("tasks.a.task", "zero-shot", "tasks.a: There are no labels");
    assertThatThrownBy(() -> task(Map.of("tasks.a.task", "rerank", "tasks.a.top-k", "3")))
        .hasMessage(
            "tasks.a: 'top-k' is no option of the task rerank. It has query, pair-order,"
                + " raw-scores.");
    assertThatThrownBy(() -> task(Map.of("tasks.a.task", "embedding", "tasks.b.task", "rerank")))
        .hasMessageContaining("reads another input");
  }

  private static void assertWrong(String key, String value, String message) {
    assertThatThrownBy(() -> task(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
