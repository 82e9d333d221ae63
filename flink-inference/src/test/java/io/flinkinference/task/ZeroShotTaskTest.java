package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.Pooling;
import io.flinkinference.result.Classification;
import io.flinkinference.result.LabelScore;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.text.Encoding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of tiny-embedder: id 1 is (0.01, 1, 1, 1), id 6 is (0.06, 6, 0, 1). */
class ZeroShotTaskTest {

  private static final List<LabelDescription> LABELS =
      List.of(new LabelDescription("one", "1"), new LabelDescription("six", "6"));

  @Test
  void scoreIsTheSoftmaxOfCosinesOverTemperature() {
    Classification result = classify(allOf(LABELS, 0.1), Encoding.of(6));

    double one = cosine(new double[] {0.06, 6, 0, 1}, new double[] {0.01, 1, 1, 1});
    double expected = Math.exp(1 / 0.1) / (Math.exp(1 / 0.1) + Math.exp(one / 0.1));
    assertThat(result.labels()).extracting(LabelScore::label).containsExactly("six", "one");
    assertThat((double) result.top().score()).isCloseTo(expected, within(1e-5));
    assertThat((double) result.labels().get(1).score()).isCloseTo(1 - expected, within(1e-5));
  }

  @Test
  void onlyTheBestLabelsAreKept() {
    List<LabelScore> all = classify(allOf(LABELS, 0.1), Encoding.of(6)).labels();
    assertThat(classify(new ZeroShotTask(LABELS, 0.1, 1), Encoding.of(6)).labels())
        .containsExactly(all.get(0));
  }

  @Test
  void anotherTextIsNearerToTheOtherLabel() {
    assertThat(classify(allOf(LABELS, 0.05), Encoding.of(1)).top().label()).isEqualTo("one");
  }

  @Test
  void taskTravelsWithItsLabels() throws IOException, ClassNotFoundException {
    ZeroShotTask task = allOf(LABELS, 0.1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(task);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(task);
    }
  }

  @Test
  void descriptionThatTheModelCannotEncodeNamesItsLabel() {
    List<LabelDescription> labels = List.of(new LabelDescription("broken", "" + TestingEngine.NAN));
    try (LoadedModel model = TestingLoadedModels.embedder(TestingEngine.free(), null, true)) {
      assertThatThrownBy(() -> allOf(labels, 0.1).open(model))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("'broken'")
          .hasMessageContaining("NaN");
    }
  }

  @Test
  void labelsHaveToBeGivenOnceEach() {
    assertThatThrownBy(() -> allOf(List.of(), 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one label");
    List<LabelDescription> twice = List.of(LABELS.get(0), LABELS.get(0));
    assertThatThrownBy(() -> allOf(twice, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'one' is given twice");
    assertThatThrownBy(() -> new LabelDescription("one", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("description of label 'one'");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void temperatureHasToBeANumberAboveZero(double temperature) {
    assertThatThrownBy(() -> allOf(LABELS, temperature))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not " + temperature);
  }

  private static ZeroShotTask allOf(List<LabelDescription> labels, double temperature) {
    return new ZeroShotTask(labels, temperature, Integer.MAX_VALUE);
  }

  private static Classification classify(ZeroShotTask task, Encoding text) {
    TokenBatch batch = TokenBatch.of(Encoding.of(9, 9), text);
    try (LoadedModel model =
        TestingLoadedModels.embedder(
            TestingModels.openTiny("tiny-embedder", 1), Pooling.MEAN, false)) {
      TaskDecoder<Classification> decoder = task.open(model);
      return model.engine().run(batch, outputs -> decoder.decode(batch, 1, outputs));
    }
  }

  private static double cosine(double[] a, double[] b) {
    double product = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      squaresOfA += a[i] * a[i];
      squaresOfB += b[i] * b[i];
    }
    return product / Math.sqrt(squaresOfA * squaresOfB);
  }
}
