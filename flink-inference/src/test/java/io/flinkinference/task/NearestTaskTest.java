package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.model.ModelException;
import io.flinkinference.result.Classification;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Results;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.Encoding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Vectors of tiny-embedder: id 1 is (0.01, 1, 1, 1), 6 is (0.06, 6, 0, 1), 2 is (0.02, 2, 0, 1).
 */
class NearestTaskTest {

  private static final double[] ONE = {0.01, 1, 1, 1};
  private static final double[] TWO = {0.02, 2, 0, 1};
  private static final double[] SIX = {0.06, 6, 0, 1};

  private static final NearestTask TASK =
      new NearestTask(
          List.of(
              new ReferenceTexts("one", List.of("1")),
              new ReferenceTexts("even", List.of("2", "6"))));

  @Test
  void scoreIsTheCosineToTheNearestTextOfAName() {
    Classification result = nearest(TASK, 6);
    assertThat(result.labels()).extracting(LabelScore::label).containsExactly("even", "one");
    assertThat((double) result.top().score()).isCloseTo(1, within(1e-6));
    assertThat((double) result.labels().get(1).score()).isCloseTo(cosine(SIX, ONE), within(1e-5));
  }

  @Test
  void scoreCanBeTheCosineToTheMeanOfAName() {
    double[] mean = new double[4];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = TWO[i] / length(TWO) + SIX[i] / length(SIX);
    }
    Classification result = nearest(TASK.withPrototypes(Prototypes.MEAN), 6);
    assertThat((double) result.top().score()).isCloseTo(cosine(SIX, mean), within(1e-5));
  }

  @Test
  void whatIsNearToNothingHasNoName() {
    assertThat(nearest(TASK.withThreshold(0.999), 1).labels())
        .extracting(LabelScore::label)
        .containsExactly("one");
    assertThat(nearest(TASK.withThreshold(0.999), 14).isEmpty()).isTrue();
  }

  @Test
  void onlySoManyNamesAreGiven() {
    assertThat(nearest(TASK.withMost(1), 2).labels())
        .extracting(LabelScore::label)
        .containsExactly("even");
  }

  /** There may be thousands, and Flink ends the process of a task that is cancelled in vain. */
  @Test
  void whoIsInterruptedEncodesNoMore() {
    try (LoadedModel model =
        TestingLoadedModels.embedder(TestingModels.openTiny("tiny-embedder", 1), null, false)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> TASK.open(model))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("Interrupted before");
      assertThat(Thread.interrupted()).as("kept").isTrue();
    }
  }

  @Test
  void referencesHaveThePrefixOfTheRecordsAlsoAmongSeveralTasks() {
    NearestTask task = new NearestTask(List.of(new ReferenceTexts("one", List.of("1"))));
    TextPrefix prefix = new TextPrefix("6 ", null);
    try (LoadedModel model =
        TestingLoadedModels.embedder(TestingModels.openTiny("tiny-embedder", 1), null, false)) {
      TokenBatch batch = TokenBatch.of(Encoding.of(6, 1));
      TaskDecoder<Classification> alone = task.open(model, prefix);
      TaskDecoder<Results> several = new SeveralTask(Map.of("near", task)).open(model, prefix);
      Classification result = model.engine().run(batch, outputs -> alone.decode(batch, 0, outputs));
      assertThat((double) result.top().score()).isCloseTo(1, within(1e-6));
      assertThat(
              model
                  .engine()
                  .run(batch, outputs -> several.decode(batch, 0, outputs))
                  .get("near", Classification.class))
          .isEqualTo(result);
    }
  }

  @Test
  void referencesRunInShapesThatTheEngineIsPreparedFor() {
    try (LoadedModel model =
        TestingLoadedModels.embedder(
            TestingLoadedModels.ofFewShapes(TestingModels.openTiny("tiny-embedder", 1)),
            null,
            false)) {
      TaskDecoder<Classification> decoder = TASK.open(model);
      TokenBatch batch = model.engine().rounding().batch(Encoding.of(6));
      Classification result =
          model.engine().run(batch, outputs -> decoder.decode(batch, 0, outputs));
      assertThat((double) result.top().score()).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void referenceOfATokenThatTheModelDoesNotKnowIsNamed() {
    NearestTask task = new NearestTask(List.of(new ReferenceTexts("far", List.of("1 128"))));
    assertThatThrownBy(() -> nearest(task, 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'testing' cannot encode a reference text of 'far': Token id 128");
  }

  @Test
  void ofALongReferenceTheBeginningIsCompared() {
    String most = "1 ".repeat(TestingLoadedModels.MAX_TOKENS - 1) + "1";
    NearestTask whole = new NearestTask(List.of(new ReferenceTexts("long", List.of(most))));
    NearestTask cut = new NearestTask(List.of(new ReferenceTexts("long", List.of(most + " 6"))));
    assertThat(nearest(cut, 1)).isEqualTo(nearest(whole, 1));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new NearestTask(List.of())).hasMessageContaining("at least one");
    assertThatThrownBy(() -> TASK.withThreshold(2)).hasMessageContaining("not 2.0");
    assertThatThrownBy(() -> TASK.withMost(0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> new ReferenceTexts("empty", List.of()))
        .hasMessageContaining("'empty'");
    ReferenceTexts twice = new ReferenceTexts("a", List.of("1"));
    assertThatThrownBy(() -> new NearestTask(List.of(twice, twice)))
        .hasMessageContaining("'a' is given twice");
  }

  private static Classification nearest(NearestTask task, int id) {
    try (LoadedModel model =
        TestingLoadedModels.embedder(TestingModels.openTiny("tiny-embedder", 1), null, false)) {
      TaskDecoder<Classification> decoder = task.open(model);
      TokenBatch batch = TokenBatch.of(Encoding.of(3), Encoding.of(id));
      return model.engine().run(batch, outputs -> decoder.decode(batch, 1, outputs));
    }
  }

  private static double cosine(double[] a, double[] b) {
    double product = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
    }
    return product / (length(a) * length(b));
  }

  private static double length(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
