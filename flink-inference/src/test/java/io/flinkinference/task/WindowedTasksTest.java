package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.model.Pooling;
import io.flinkinference.model.ProblemType;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Results;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Three windows of 10, 10 and 2 tokens, each a row; what they say is worked out by hand. */
class WindowedTasksTest {

  private static final List<Window> WINDOWS = List.of(window(0, 10), window(5, 15), window(13, 15));
  private static final String[] NLI = {"contradiction", "neutral", "entailment"};

  private static Window window(int from, int to) {
    return new Window(Encoding.of(1), 0, from, to);
  }

  /** Logits whose softmax are these shares. */
  private static Outputs shares(int labels, double... shares) {
    float[] logits = new float[shares.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(shares[i]);
    }
    return Tensors.of("logits", new int[] {WINDOWS.size(), labels}, logits);
  }

  @Test
  void labelsOfWhichOneFitsHaveTheMeanOfTheirScoresByLength() {
    Outputs outputs = shares(2, 0.9, 0.1, 0.5, 0.5, 0.05, 0.95);
    TaskDecoder<Classification> decoder = new ClassificationTask(1).open(model("a", "b"));
    // Only the best label is in the result, but the others counted.
    Classification weighted = merge(decoder, WindowMerge.AS_TASK, outputs);
    assertThat(weighted.labels()).hasSize(1);
    assertThat(weighted.top().label()).isEqualTo("a");
    assertThat((double) weighted.top().score())
        .isCloseTo((10 * 0.9 + 10 * 0.5 + 2 * 0.05) / 22, within(1e-6));
    Classification mean = merge(decoder, WindowMerge.MEAN, outputs);
    assertThat(mean.top().label()).isEqualTo("b");
    assertThat((double) mean.top().score()).isCloseTo((0.1 + 0.5 + 0.95) / 3, within(1e-6));
    Classification max = merge(decoder, WindowMerge.MAX, outputs);
    assertThat((double) max.top().score()).isCloseTo(0.95, within(1e-6));
  }

  @Test
  void labelsOfWhichSeveralMayFitHaveTheirBestScore() {
    Outputs outputs = Tensors.of("logits", new int[] {3, 2}, -5, -5, -5, 4, 3, -5);
    InferenceEngine engine =
        TestingLoadedModels.declaring(new TensorSpec("logits", List.of(-1L, 2L)));
    LoadedModel model =
        TestingLoadedModels.classifier(engine, ProblemType.MULTI_LABEL, "toxic", "rude");
    Classification result =
        merge(new ClassificationTask().open(model), WindowMerge.AS_TASK, outputs);
    assertThat((double) scoreOf(result, "rude")).isCloseTo(1 / (1 + Math.exp(-4)), within(1e-6));
    assertThat((double) scoreOf(result, "toxic")).isCloseTo(1 / (1 + Math.exp(-3)), within(1e-6));
  }

  @Test
  void thePassageThatEntailsOrContradictsDecidesHoweverManySayNothing() {
    TaskDecoder<Classification> decoder = new NaturalLanguageInferenceTask().open(model(NLI));
    Classification entailed =
        merge(
            decoder,
            WindowMerge.AS_TASK,
            shares(3, 0.02, 0.96, 0.02, 0.05, 0.1, 0.85, 0.1, 0.8, 0.1));
    assertThat(entailed.top().label()).isEqualTo("entailment");
    assertThat((double) entailed.top().score()).isCloseTo(0.85, within(1e-6));
    Classification contradicted =
        merge(decoder, WindowMerge.MAX, shares(3, 0.02, 0.96, 0.02, 0.7, 0.2, 0.1, 0.1, 0.6, 0.3));
    assertThat(contradicted.top().label()).isEqualTo("contradiction");
    assertThat(
            merge(
                    decoder,
                    WindowMerge.MEAN,
                    shares(3, 0.02, 0.96, 0.02, 0.7, 0.2, 0.1, 0.1, 0.6, 0.3))
                .top()
                .label())
        .isEqualTo("neutral");
    Classification two =
        merge(
            new NaturalLanguageInferenceTask().open(model("entailment", "not_entailment")),
            WindowMerge.AS_TASK,
            shares(2, 0.2, 0.8, 0.9, 0.1, 0.3, 0.7));
    assertThat(two.top().label()).isEqualTo("entailment");
  }

  @Test
  void theBestPassageIsTheRelevanceOfAText() {
    Outputs outputs = Tensors.of("logits", new int[] {3, 1}, -2, 3, 0);
    TaskDecoder<Classification> decoder = new RerankTask().withRawScores().open(model("LABEL_0"));
    assertThat(merge(decoder, WindowMerge.AS_TASK, outputs).top().score()).isEqualTo(3);
    assertThat((double) merge(decoder, WindowMerge.WEIGHTED_MEAN, outputs).top().score())
        .isCloseTo((10 * -2 + 10 * 3) / 22.0, within(1e-6));
  }

  @Test
  void zeroShotByInferenceMergesTheWindowsOfEachLabelFirst() {
    // Two labels; the first hypothesis leaves room for one window, the second for two.
    TaskDecoder<Classification> decoder =
        new ZeroShotByInferenceTask(List.of("a", "b"), "It is {}.", false).open(model(NLI));
    Outputs outputs = Tensors.of("logits", new int[] {3, 3}, 0, 0, 1, 0, 0, -1, 0, 0, 2);
    Classification result = zeroShot(decoder.merging(WindowMerge.AS_TASK).parts(), outputs);
    double sum = Math.exp(1) + Math.exp(2);
    assertThat((double) scoreOf(result, "b")).isCloseTo(Math.exp(2) / sum, within(1e-6));
  }

  private static <P> Classification zeroShot(
      PartDecoder<P, Classification> decoder, Outputs outputs) {
    List<P> rows = rows(decoder, outputs);
    return decoder.finish(
        List.of(
            decoder.mergeWindows(WINDOWS.subList(0, 1), rows.subList(0, 1)),
            decoder.mergeWindows(WINDOWS.subList(1, 3), rows.subList(1, 3))));
  }

  @Test
  void vectorsAreMergedAtUnitLengthAndScaledAgainBeforeTheyAreQuantised() {
    InferenceEngine engine =
        TestingLoadedModels.declaring(new TensorSpec("sentence_embedding", List.of(-1L, 2L)));
    LoadedModel model = TestingLoadedModels.embedder(engine, Pooling.MEAN, true);
    Outputs outputs = Tensors.of("sentence_embedding", new int[] {3, 2}, 3, 4, 0, 7, 5, 0);
    double x = 10 * 0.6 + 2;
    double y = 10 * 0.8 + 10;
    double length = Math.sqrt(x * x + y * y);
    EmbeddingTask task = new EmbeddingTask();
    float[] vector = merge(task.open(model), WindowMerge.AS_TASK, outputs).values();
    assertThat((double) vector[0]).isCloseTo(x / length, within(1e-6));
    assertThat((double) vector[1]).isCloseTo(y / length, within(1e-6));
    Embedding bytes =
        merge(task.withForm(VectorForm.INT8).open(model), WindowMerge.AS_TASK, outputs);
    assertThat(bytes).isEqualTo(Quantization.of(vector, VectorForm.INT8, 1));
    assertThatThrownBy(() -> task.open(model).merging(WindowMerge.MAX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Set MEAN or WEIGHTED_MEAN");
  }

  @Test
  void severalTasksMergeEachInItsOwnWay() {
    Map<String, Task<?>> tasks = new LinkedHashMap<>();
    tasks.put("one", new ClassificationHeadTask("logits", List.of("a", "b"), false));
    tasks.put("any", new ClassificationHeadTask("logits", List.of("a", "b"), true));
    LoadedModel model = model("a", "b");
    Outputs outputs = shares(2, 0.9, 0.1, 0.5, 0.5, 0.05, 0.95);
    Results together = merge(new SeveralTask(tasks).open(model), WindowMerge.AS_TASK, outputs);
    tasks.forEach(
        (name, task) ->
            assertThat(together.byName())
                .containsEntry(name, merge(task.open(model), WindowMerge.AS_TASK, outputs)));
  }

  @Test
  void aTaskThatMergesNoWindowsIsRefused() {
    TaskDecoder<String> decoder = (batch, row, outputs) -> "a result";
    assertThatThrownBy(() -> decoder.merging(WindowMerge.AS_TASK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inference.text.too-long");
  }

  private static <R> R merge(TaskDecoder<R> decoder, WindowMerge merge, Outputs outputs) {
    return merge(decoder.merging(merge).parts(), outputs);
  }

  private static <P, R> R merge(PartDecoder<P, R> decoder, Outputs outputs) {
    return decoder.finish(List.of(decoder.mergeWindows(WINDOWS, rows(decoder, outputs))));
  }

  private static <P> List<P> rows(PartDecoder<P, ?> decoder, Outputs outputs) {
    TokenBatch batch = TokenBatch.of(Encoding.of(1), Encoding.of(1), Encoding.of(1));
    List<P> rows = new ArrayList<>();
    for (int row = 0; row < WINDOWS.size(); row++) {
      rows.add(decoder.decodePart(batch, row, outputs));
    }
    return rows;
  }

  private static float scoreOf(Classification result, String label) {
    return result.labels().stream()
        .filter(one -> one.label().equals(label))
        .map(LabelScore::score)
        .findFirst()
        .orElseThrow();
  }

  private static LoadedModel model(String... labels) {
    InferenceEngine engine =
        TestingLoadedModels.declaring(new TensorSpec("logits", List.of(-1L, (long) labels.length)));
    return TestingLoadedModels.classifier(engine, null, labels);
  }
}
