package io.flinkinference.reliability.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.Tasks;
import io.flinkinference.TextOutcome;
import io.flinkinference.TextScorer;
import io.flinkinference.result.Classification;
import io.flinkinference.result.DeadLetterReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyModelTest {

  @TempDir Path directory;

  @Test
  void twoTextsAreBadAndTheirNeighboursAreNot() throws Exception {
    List<TextOutcome<String, Classification>> outcomes =
        score(List.of("abc", TinyModel.FAILS, "xyz", TinyModel.GIVES_NAN, "abc"));
    assertThat(outcomes.get(1).failure().reason()).isEqualTo(DeadLetterReason.ENGINE_FAILURE);
    assertThat(outcomes.get(3).failure().reason()).isEqualTo(DeadLetterReason.INVALID_OUTPUT);
    assertThat(outcomes.get(0).result()).isEqualTo(outcomes.get(4).result());
    assertThat(outcomes.get(2).result()).isNotNull().isNotEqualTo(outcomes.get(0).result());
  }

  @Test
  void resultsDoNotDependOnBatchMates() throws Exception {
    List<String> stock = new Inputs(1, 1, true).stock();
    List<TextOutcome<String, Classification>> together = score(stock);
    for (int i = 0; i < 20; i++) {
      assertThat(score(List.of(stock.get(i))).get(0).result()).isEqualTo(together.get(i).result());
    }
  }

  private List<TextOutcome<String, Classification>> score(List<String> texts) throws Exception {
    Path model = directory.resolve("tiny");
    if (!model.toFile().exists()) {
      TinyModel.write(model);
    }
    List<TextOutcome<String, Classification>> outcomes = new ArrayList<>();
    try (TextScorer<Classification> scorer =
        TextScorer.open(model.toString(), Tasks.textClassification(), ChaosJob.options())) {
      scorer.score(texts.iterator(), text -> text, outcomes::add);
    }
    return outcomes;
  }
}
