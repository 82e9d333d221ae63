package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.task.ClassificationHeadTask;
import io.flinkinference.task.NearestTask;
import io.flinkinference.task.ReferenceTexts;
import io.flinkinference.task.RerankTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class TasksTest {

  @Test
  void tasksAndTheTypesOfTheirResultsTravelWithTheJob() throws Exception {
    Map<String, InferenceTask<?>> several = new LinkedHashMap<>();
    several.put("vector", Tasks.embedding());
    several.put("near", Tasks.nearest(Map.of("a", List.of("text")), 0.5, 1));
    several.put(
        "head",
        Tasks.classificationHead(new ClassificationHeadTask("mood", List.of("x", "y"), false)));
    List<InferenceTask<?>> all =
        List.of(
            Tasks.rerank(),
            Tasks.rerank(new RerankTask().withQuery("late deliveries").withRawScores()),
            Tasks.naturalLanguageInference(),
            Tasks.zeroShotByInference(List.of("a", "b"), "About {}.", true),
            Tasks.nearest(new NearestTask(List.of(new ReferenceTexts("a", List.of("text"))))));
    for (InferenceTask<?> task : all) {
      assertThat(InstantiationUtil.clone(task.task())).isEqualTo(task.task());
      assertThat(InstantiationUtil.clone(task.resultType())).isEqualTo(task.resultType());
    }
    // As two processes have maps that keep no order.
    assertThat(Tasks.several(new TreeMap<>(several)).resultType())
        .isEqualTo(Tasks.several(Map.copyOf(several)).resultType())
        .isNotEqualTo(Tasks.several(several).resultType());
    InferenceTask<?> together = Tasks.several(several);
    assertThat(InstantiationUtil.clone(together.task()).form()).isEqualTo(together.task().form());
    assertThat(InstantiationUtil.clone(together.resultType())).isEqualTo(together.resultType());
  }
}
