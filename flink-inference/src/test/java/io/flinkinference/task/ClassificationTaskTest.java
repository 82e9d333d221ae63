package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.ProblemType;
import io.flinkinference.result.Classification;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

/** The logits of {@code Encoding.of(3)} are 0.03, 3.5 and 1.22; those of 40 are 0.4, 5.5, -0.15. */
class ClassificationTaskTest {

  private static final TokenBatch BATCH =
      TokenBatch.of(Encoding.of(40), Encoding.of(3), Encoding.of(1, 2));

  @Test
  void labelsBelowTheThresholdAreLeftOut() {
    ClassificationTask raw = new ClassificationTask().withScoring(Scoring.RAW);
    assertRanking(classify(1, null, raw.withThreshold(1.3)), "b", 3.5);
    assertRanking(classify(1, null, raw.withTopK(1).withThreshold(1)), "b", 3.5);
    assertThat(classify(1, null, raw.withThreshold(9)).isEmpty()).isTrue();
  }

  @Test
  void scoringOfTheTaskIsPreferredToTheModels() {
    ClassificationTask sigmoid = new ClassificationTask(1).withScoring(Scoring.SIGMOID);
    assertRanking(classify(1, ProblemType.REGRESSION, sigmoid), "b", sigmoid(3.5));
  }

  @Test
  void namesMayComeFromAFile(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("labels.txt"), "x\ny\nz\n");
    ClassificationTask named = new ClassificationTask(1).withLabels(LabelFile.read(file));
    assertRanking(classify(1, ProblemType.REGRESSION, named), "y", 3.5);
    try (LoadedModel model = load("tiny-classifier", null)) {
      assertThatThrownBy(() -> named.withLabels(List.of("x")).open(model))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("scores 3 labels, and the task names 1");
    }
    Files.writeString(file, "\uFEFFx\ny\n");
    assertThat(LabelFile.read(file)).containsExactly("x", "y");
    Files.writeString(file, "x\n\nz\n");
    assertThatThrownBy(() -> LabelFile.read(file)).hasMessageContaining("line 2: there is no");
    Files.writeString(file, "x\nx\n");
    assertThatThrownBy(() -> LabelFile.read(file)).hasMessageContaining("line 2: the label 'x'");
  }

  @ParameterizedTest
  @NullSource
  @EnumSource(value = ProblemType.class, names = "SINGLE_LABEL")
  void oneOfSeveralLabelsIsRankedBySoftmax(ProblemType problemType) {
    Classification result = classify(1, problemType, new ClassificationTask());

    double sum = Math.exp(0.03) + Math.exp(3.5) + Math.exp(1.22);
    assertRanking(
        result, "b", Math.exp(3.5) / sum, "c", Math.exp(1.22) / sum, "a", Math.exp(0.03) / sum);
  }

  @Test
  void anyOfSeveralLabelsGetsASigmoidEach() {
    Classification result = classify(0, ProblemType.MULTI_LABEL, new ClassificationTask());
    assertRanking(result, "b", sigmoid(5.5), "a", sigmoid(0.4), "c", sigmoid(-0.15));
  }

  @Test
  void regressionKeepsTheValues() {
    Classification result = classify(0, ProblemType.REGRESSION, new ClassificationTask());
    assertRanking(result, "b", 5.5, "a", 0.4, "c", -0.15);
  }

  @Test
  void topKCutsTheRanking() {
    Classification result = classify(1, ProblemType.REGRESSION, new ClassificationTask(2));
    assertRanking(result, "b", 3.5, "c", 1.22);
  }

  @ParameterizedTest
  @NullSource
  @EnumSource(value = ProblemType.class, names = "SINGLE_LABEL")
  void singleLabelGetsASigmoid(ProblemType problemType) {
    InferenceEngine engine =
        TestingLoadedModels.declaring(new TensorSpec("logits", List.of(-1L, 1L)));
    try (LoadedModel model = TestingLoadedModels.classifier(engine, problemType, "toxic")) {
      TaskDecoder<Classification> decoder = new ClassificationTask().open(model);
      Classification result =
          decoder.decode(
              TokenBatch.of(Encoding.of(1)), 0, Tensors.of("logits", new int[] {1, 1}, -2));
      assertRanking(result, "toxic", sigmoid(-2));
    }
  }

  @Test
  void logitsThatAreNoNumbersConcernTheirRowOnly() {
    TokenBatch batch = TokenBatch.of(Encoding.of(TestingModels.ID_THAT_IS_NAN), Encoding.of(3));
    try (LoadedModel model = load("tiny-classifier-faulty", null, "a", "b", "c")) {
      TaskDecoder<Classification> decoder = new ClassificationTask(1).open(model);

      assertThatThrownBy(
              () -> model.engine().run(batch, outputs -> decoder.decode(batch, 0, outputs)))
          .isInstanceOfSatisfying(
              UnscorableException.class,
              e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.INVALID_OUTPUT))
          .hasMessageContaining("'logits' is NaN");
      assertThat(
              model.engine().run(batch, outputs -> decoder.decode(batch, 1, outputs)).top().label())
          .isEqualTo("b");
    }
  }

  @Test
  void infiniteLogitsAreRefused() {
    Logits logits = new Logits("logits", 2);
    assertThatThrownBy(
            () ->
                logits.read(
                    TokenBatch.of(Encoding.of(1)),
                    0,
                    Tensors.of("logits", new int[] {1, 2}, 1, Float.POSITIVE_INFINITY)))
        .isInstanceOf(UnscorableException.class)
        .hasMessageContaining("Value 1 of output 'logits' is Infinity");
  }

  @Test
  void labelsThatTheGraphDoesNotScoreAreRefusedAtOpen() {
    try (LoadedModel model = load("tiny-classifier", null, "a", "b")) {
      assertThatThrownBy(() -> new ClassificationTask().open(model))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("scores 3 labels")
          .hasMessageContaining("names 2");
    }
  }

  @Test
  void labelsThatAnOpenGraphDoesNotScoreAreRefusedWithTheFirstText() {
    try (LoadedModel model = load("tiny-classifier-open", null, "a", "b")) {
      TaskDecoder<Classification> decoder = new ClassificationTask().open(model);
      assertThatThrownBy(
              () -> model.engine().run(BATCH, outputs -> decoder.decode(BATCH, 0, outputs)))
          .isInstanceOf(UnscorableException.class)
          .hasMessageContaining("scores 3 labels");
    }
  }

  @Test
  void modelThatDoesNotClassifyIsRefused() {
    try (LoadedModel unnamed = load("tiny-classifier", null);
        LoadedModel encoder = load("tiny-encoder", null, "a")) {
      assertThatThrownBy(() -> new ClassificationTask().open(unnamed))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("id2label");
      assertThatThrownBy(() -> new ClassificationTask().open(encoder))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("gives no logits [batch, labels]")
          .hasMessageContaining("last_hidden_state");
    }
  }

  @Test
  void resultsHaveAtLeastOneLabel() {
    assertThatThrownBy(() -> new ClassificationTask(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("topK is at least 1, not 0.");
  }

  private static Classification classify(
      int row, ProblemType problemType, ClassificationTask task) {
    try (LoadedModel model = load("tiny-classifier", problemType, "a", "b", "c")) {
      TaskDecoder<Classification> decoder = task.open(model);
      return model.engine().run(BATCH, outputs -> decoder.decode(BATCH, row, outputs));
    }
  }

  private static LoadedModel load(String graph, ProblemType problemType, String... labels) {
    return TestingLoadedModels.classifier(TestingModels.openTiny(graph, 1), problemType, labels);
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }

  /** Takes labels and scores in turn. */
  private static void assertRanking(Classification result, Object... labelsAndScores) {
    assertThat(result.labels()).hasSize(labelsAndScores.length / 2);
    for (int i = 0; i < result.labels().size(); i++) {
      LabelScore label = result.labels().get(i);
      assertThat(label.label()).isEqualTo(labelsAndScores[2 * i]);
      assertThat((double) label.score())
          .isCloseTo((double) labelsAndScores[2 * i + 1], within(1e-6));
    }
  }
}
