package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.model.ModelException;
import io.flinkinference.result.Classification;
import io.flinkinference.result.LabelScore;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected numbers are worked out by hand from the formulas of transformers' pipelines. */
class PairTasksTest {

  private static final String[] NLI = {"contradiction", "neutral", "Entailment"};

  /** Logits of three hypotheses. */
  private static final float[] LOGITS = {1, 0, 2, 3, 0, 1, -1, 5, 0};

  @Test
  void relevanceIsTheSigmoidOfTheOnlyLogitOrTheRawValue() {
    LoadedModel model = model(1, "LABEL_0");
    TokenBatch batch = TokenBatch.of(Encoding.of(1), Encoding.of(2));
    Outputs outputs = Tensors.of("logits", new int[] {2, 1}, 7, -0.5f);
    LabelScore score = new RerankTask().open(model).decode(batch, 1, outputs).top();
    assertThat(score.label()).isEqualTo("relevance");
    assertThat((double) score.score()).isCloseTo(1 / (1 + Math.exp(0.5)), within(1e-6));
    assertThat(new RerankTask().withRawScores().open(model).decode(batch, 1, outputs).top().score())
        .isEqualTo(-0.5f);
    assertThatThrownBy(() -> new RerankTask().open(model(3, NLI)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("scores 3 labels, and the task names 1");
  }

  @Test
  void anActivationThatTheModelDeclaresDiffersUnlessItIsTheSigmoid() {
    String identity = "torch.nn.modules.linear.Identity";
    assertThat(new RerankTask().differsFrom(identity)).isTrue();
    assertThat(new RerankTask().differsFrom("torch.nn.modules.activation.Sigmoid")).isFalse();
    assertThat(new RerankTask().differsFrom("")).isFalse();
    assertThat(new RerankTask().withRawScores().differsFrom(identity)).isFalse();
  }

  @Test
  void theQueryStandsFirstUnlessItIsSaidOtherwise() {
    TextInput record = new TextInput("passage", "query");
    assertThat(new RerankTask().form().input(record, 0))
        .isEqualTo(new TextInput("query", "passage"));
    assertThat(new RerankTask().withOrder(PairOrder.TEXT_FIRST).form().input(record, 0))
        .isEqualTo(record);
    assertThat(new RerankTask().withQuery("fixed").form().input(TextInput.of("passage"), 0))
        .isEqualTo(new TextInput("fixed", "passage"));
    assertThat(new NaturalLanguageInferenceTask().form().input(record, 0)).isEqualTo(record);
    assertThatThrownBy(() -> new RerankTask().withQuery(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("blank");
  }

  @Test
  void inferenceIsTheSoftmaxOverTheModelsLabels() {
    TaskDecoder<Classification> decoder = new NaturalLanguageInferenceTask().open(model(3, NLI));
    Classification result = decode(decoder, 0);
    double sum = Math.exp(1) + 1 + Math.exp(2);
    assertThat(result.labels())
        .extracting(LabelScore::label)
        .containsExactly("Entailment", "contradiction", "neutral");
    assertThat((double) result.top().score()).isCloseTo(Math.exp(2) / sum, within(1e-6));
  }

  @Test
  void zeroShotOfOneLabelOutOfManyIsTheSoftmaxOfTheEntailments() {
    Classification result = zeroShot(false, "a", "b", "c");
    double sum = Math.exp(2) + Math.exp(1) + 1;
    assertThat(result.labels()).extracting(LabelScore::label).containsExactly("a", "b", "c");
    assertThat((double) result.labels().get(0).score()).isCloseTo(Math.exp(2) / sum, within(1e-6));
    assertThat((double) result.labels().get(2).score()).isCloseTo(1 / sum, within(1e-6));
  }

  @Test
  void zeroShotOfIndependentLabelsIsEntailmentAgainstContradiction() {
    Classification result = zeroShot(true, "a", "b", "c");
    assertThat(result.labels()).extracting(LabelScore::label).containsExactly("a", "c", "b");
    assertThat((double) result.labels().get(0).score()).isCloseTo(sigmoid(2 - 1), within(1e-6));
    assertThat((double) result.labels().get(1).score()).isCloseTo(sigmoid(0 - -1), within(1e-6));
    assertThat((double) result.labels().get(2).score()).isCloseTo(sigmoid(1 - 3), within(1e-6));
  }

  @Test
  void aSingleLabelIsJudgedAgainstItsContradiction() {
    TaskDecoder<Classification> decoder =
        new ZeroShotByInferenceTask(List.of("a"), "About {}.", false).open(model(3, NLI));
    assertThat((double) decode(decoder, 1).top().score()).isCloseTo(sigmoid(1 - 3), within(1e-6));
  }

  @Test
  void contradictionIsTheLastLabelWhereEntailmentIsTheFirst() {
    String[] turned = {"ENTAILMENT", "neutral", "contradiction"};
    TaskDecoder<Classification> decoder =
        new ZeroShotByInferenceTask(List.of("a"), "About {}.", true).open(model(3, turned));
    assertThat((double) decode(decoder, 0).top().score()).isCloseTo(sigmoid(1 - 2), within(1e-6));
  }

  @Test
  void eachLabelMakesAHypothesis() {
    InputForm form = new ZeroShotByInferenceTask(List.of("a", "b"), "It is {}, {}!", true).form();
    assertThat(form.count()).isEqualTo(2);
    assertThat(form.input(TextInput.of("text"), 1)).isEqualTo(new TextInput("text", "It is b, b!"));
  }

  @Test
  void whatDoesNotSuitIsRefusedInWords() {
    assertThatThrownBy(() -> new NaturalLanguageInferenceTask().open(model(2, "no", "yes")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[no, yes]")
        .hasMessageContaining("entail");
    assertThatThrownBy(() -> new ZeroShotByInferenceTask(List.of("a"), "nothing", false))
        .hasMessageContaining("'nothing' has no {}");
    assertThatThrownBy(() -> new ZeroShotByInferenceTask(List.of("a", "a"), "{}", false))
        .hasMessageContaining("'a' is blank or given twice");
    assertThatThrownBy(() -> new ZeroShotByInferenceTask(List.of(), "{}", false))
        .hasMessageContaining("at least one label");
  }

  private static Classification zeroShot(boolean multiLabel, String... labels) {
    TaskDecoder<Classification> decoder =
        new ZeroShotByInferenceTask(List.of(labels), "About {}.", multiLabel).open(model(3, NLI));
    return finish(decoder.parts(), labels.length);
  }

  private static <P> Classification finish(PartDecoder<P, Classification> decoder, int count) {
    List<P> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(decoder.decodePart(batch(), i, Tensors.of("logits", new int[] {3, 3}, LOGITS)));
    }
    return decoder.finish(parts);
  }

  private static Classification decode(TaskDecoder<Classification> decoder, int row) {
    return decoder.decode(batch(), row, Tensors.of("logits", new int[] {3, 3}, LOGITS));
  }

  private static TokenBatch batch() {
    return TokenBatch.of(Encoding.of(1), Encoding.of(2), Encoding.of(3));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static LoadedModel model(long size, String... labels) {
    InferenceEngine engine =
        TestingLoadedModels.declaring(new TensorSpec("logits", List.of(-1L, size)));
    return TestingLoadedModels.classifier(engine, null, labels);
  }
}
