package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.model.ModelException;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Results;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.Encoding;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeveralTaskTest {

  @Test
  void eachResultIsThatOfItsTaskAlone() {
    Map<String, Task<?>> tasks = new LinkedHashMap<>();
    tasks.put("vector", new EmbeddingTask());
    tasks.put(
        "about",
        new ZeroShotTask(
            List.of(new LabelDescription("one", "1"), new LabelDescription("six", "6")),
            0.1,
            Integer.MAX_VALUE));
    tasks.put("near", new NearestTask(List.of(new ReferenceTexts("two", List.of("2")))));
    TokenBatch batch = TokenBatch.of(Encoding.of(3), Encoding.of(5, 6));
    try (LoadedModel model =
        TestingLoadedModels.embedder(TestingModels.openTiny("tiny-embedder", 1), null, true)) {
      TaskDecoder<Results> decoder = new SeveralTask(tasks).open(model);
      Results results = model.engine().run(batch, outputs -> decoder.decode(batch, 1, outputs));
      assertThat(results.byName().keySet()).containsExactly("vector", "about", "near");
      tasks.forEach(
          (name, task) -> {
            TaskDecoder<?> single = task.open(model);
            Object alone = model.engine().run(batch, outputs -> single.decode(batch, 1, outputs));
            assertThat(results.byName()).containsEntry(name, alone);
          });
      assertThat(results.get("vector", Embedding.class).dimension()).isEqualTo(4);
      assertThat(decoder.emptyResult().get("near", Classification.class).isEmpty()).isTrue();
    }
  }

  @Test
  void headsOfOneGraphAreFoundByTheirOutputs() {
    Map<String, Task<?>> tasks = new LinkedHashMap<>();
    tasks.put("topic", new ClassificationHeadTask("topic", List.of("a", "b"), false));
    tasks.put("flags", new ClassificationHeadTask("flags", List.of("x", "y", "z"), true));
    LoadedModel model =
        TestingLoadedModels.classifier(
            TestingLoadedModels.declaring(
                new TensorSpec("topic", List.of(-1L, 2L)),
                new TensorSpec("flags", List.of(-1L, 3L))),
            null);
    Outputs outputs =
        new Outputs(
            Map.of(
                "topic", new FloatTensor(FloatBuffer.wrap(new float[] {0, 1}), 1, 2),
                "flags", new FloatTensor(FloatBuffer.wrap(new float[] {0, -1, 1}), 1, 3)));
    Results results =
        new SeveralTask(tasks).open(model).decode(TokenBatch.of(Encoding.of(1)), 0, outputs);
    assertThat(results.get("topic", Classification.class).top().label()).isEqualTo("b");
    assertThat(results.get("flags", Classification.class).labels())
        .containsExactly(
            new LabelScore("z", (float) (1 / (1 + Math.exp(-1)))),
            new LabelScore("x", 0.5f),
            new LabelScore("y", (float) (1 / (1 + Math.exp(1)))));
    assertThatThrownBy(() -> new ClassificationHeadTask("mood", List.of("a"), false).open(model))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("gives no mood");
  }

  @Test
  void partsAreMergedByTheTaskThatMadeThem() {
    LoadedModel model =
        TestingLoadedModels.classifier(
            TestingLoadedModels.declaring(new TensorSpec("logits", List.of(-1L, 2L))),
            null,
            "contradiction",
            "entailment");
    Map<String, Task<?>> tasks = new LinkedHashMap<>();
    tasks.put("one", new ZeroShotByInferenceTask(List.of("a", "b"), "It is {}.", false));
    tasks.put("many", new ZeroShotByInferenceTask(List.of("a", "b"), "It is {}.", true));
    TaskDecoder<Results> together = new SeveralTask(tasks).open(model);
    Results merged = merge(together);
    tasks.forEach(
        (name, task) -> {
          TaskDecoder<?> alone = task.open(model);
          assertThat(merged.byName()).containsEntry(name, merge(alone));
        });
  }

  private static <R> R merge(TaskDecoder<R> decoder) {
    TokenBatch batch = TokenBatch.of(Encoding.of(1), Encoding.of(2));
    Outputs outputs = Tensors.of("logits", new int[] {2, 2}, 0, 1, 2, 3);
    return merge(decoder.parts(), batch, outputs);
  }

  private static <P, R> R merge(PartDecoder<P, R> decoder, TokenBatch batch, Outputs outputs) {
    return decoder.finish(
        List.of(decoder.decodePart(batch, 0, outputs), decoder.decodePart(batch, 1, outputs)));
  }

  @Test
  void tasksThatReadDifferentInputsCannotShareARun() {
    Map<String, Task<?>> tasks = new LinkedHashMap<>();
    tasks.put("vector", new EmbeddingTask());
    tasks.put("query", new RerankTask().withQuery("late deliveries"));
    assertThatThrownBy(() -> new SeveralTask(tasks))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'query' reads another input than 'vector'");
    assertThatThrownBy(() -> new SeveralTask(Map.of())).hasMessageContaining("no task");
  }

  @Test
  void aResultOfAnotherTypeIsRefused() {
    Results results = new Results(Map.of("vector", Embedding.EMPTY));
    assertThatThrownBy(() -> results.get("vector", Classification.class))
        .hasMessageContaining("no Classification named 'vector'");
  }
}
