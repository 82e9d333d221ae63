package io.flinkinference.tools.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.graph.Families;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WorkerTest {

  private static final String MODEL = Families.of("bert", "single-label").toString();
  private static final List<LabeledText> KNOWN =
      List.of(row(1, "label 0"), row(2, "label 1"), row(3, "label 2"));

  private static LabeledText row(long line, String... labels) {
    return new LabeledText(line, "text " + line, List.of(labels));
  }

  @Test
  void rowsOfLabelsThatTheModelLacksCountAsWrong() throws IOException {
    Stream<LabeledText> unknown = Stream.of(row(4, "other"), row(5, "other"), row(6, "other"));
    List<LabeledText> rows = Stream.concat(KNOWN.stream(), unknown).toList();
    Measurement known = Worker.measure(new Assignment(MODEL, KNOWN), () -> {});
    assertThat(known.cpuSecondsPer1000()).as("of few texts, in no time").isPositive();
    AtomicInteger texts = new AtomicInteger();
    Measurement all = Worker.measure(new Assignment(MODEL, rows), texts::incrementAndGet);
    assertThat(texts).hasValue((int) Worker.texts(6));
    assertThat(known.rows()).isEqualTo(3);
    assertThat(known.unscored()).isZero();
    assertThat(known.accuracy()).isPositive();
    assertThat(all.rows()).isEqualTo(6);
    assertThat(all.unscored()).isEqualTo(3);
    assertThat(all.accuracy()).isCloseTo(known.accuracy() / 2, within(1e-12));
    assertThat(all.macroF1()).isCloseTo(known.macroF1() * 3 / 4, within(1e-12));
  }

  @Test
  void processThatMeasuresTellsEachText() throws Exception {
    AtomicInteger texts = new AtomicInteger();
    try (WorkerProcess process = new WorkerProcess()) {
      Worker.Outcome outcome = process.ask(new Assignment(MODEL, KNOWN), texts::incrementAndGet);
      assertThat(outcome.error()).isNull();
    }
    assertThat(texts).hasValue((int) Worker.texts(KNOWN.size()));
  }

  @Test
  void sizeIsOfGraphWeightsBesideItAndTokenizer() throws IOException {
    Path model = Families.of("bert", "external-data-single-label");
    long bytes = 0;
    for (String file : List.of("model.onnx", "model.onnx_data", "tokenizer.json")) {
      bytes += Files.size(model.resolve(file));
    }
    assertThat(Worker.measure(new Assignment(model.toString(), KNOWN), () -> {}).sizeBytes())
        .isEqualTo(bytes);
  }

  @Test
  void modelThatScoresNoRowIsToldWithItsLabels() {
    Assignment assignment = new Assignment(MODEL, List.of(row(7, "other")));
    assertThatThrownBy(() -> Worker.measure(assignment, () -> {}))
        .isInstanceOf(CompareException.class)
        .hasMessageContaining("line 7: The model has no label 'other'.")
        .hasMessageContaining("label 2");
  }
}
