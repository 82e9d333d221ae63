package io.flinkinference.benchmarks.bare;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LimitTest {

  private final Model model = ModelRepositories.standard().resolve("all-minilm-l6-v2");
  private final Tokenized texts =
      Tokenized.of(
          new Workload(
              "numbers", IntStream.range(0, 24).mapToObj(i -> "Number " + i + ".").toList()),
          model);

  @Test
  void theBestOfTheTriedShapesIsTakenAndRunsAllTexts()
      throws InterruptedException, ExecutionException {
    try (Limit limit = Limit.search(model, texts.encodings(), true, line -> {})) {
      assertThat(limit.trials())
          .allMatch(
              trial ->
                  trial.tokensPerSecond()
                      <= limit.trials().stream()
                          .filter(best -> best.shape().equals(limit.shape()))
                          .findFirst()
                          .orElseThrow()
                          .tokensPerSecond());
      assertSampleOfAll(limit.run());
    }
  }

  @Test
  void theLowerBoundsTakeAllTextsAndLessTime() throws Exception {
    try (Limit limit = Limit.search(model, texts.encodings(), true, line -> {});
        TokenizerOnly tokenizer = new TokenizerOnly(model, texts);
        CopyOnly copies = new CopyOnly(limit.batches(), limit.engine().outputs())) {
      for (Contender bound : List.<Contender>of(tokenizer, copies)) {
        bound.run();
        Sample sample = bound.run();
        assertSampleOfAll(sample);
        assertThat(sample.wallNanos()).isLessThan(limit.run().wallNanos());
      }
    }
  }

  private void assertSampleOfAll(Sample sample) {
    assertThat(sample.records()).isEqualTo(24);
    assertThat(sample.tokens()).isEqualTo(texts.tokens());
  }
}
