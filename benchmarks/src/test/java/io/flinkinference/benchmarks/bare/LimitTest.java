package io.flinkinference.benchmarks.bare;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import java.util.Collections;
import java.util.List;
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
  void theBestShapesOfTheSearchRunAllTextsInTheRounds() throws Exception {
    try (Limit limit = Limit.search(model, texts.encodings(), true, line -> {})) {
      double[] best =
          limit.trials().stream().mapToDouble(trial -> -trial.tokensPerSecond()).sorted().toArray();
      assertThat(limit.contenders()).hasSizeBetween(2, 3);
      for (int i = 0; i < limit.contenders().size(); i++) {
        Shape shape = limit.finalists().get(i).shape();
        assertThat(limit.trials()).contains(new Limit.Trial(shape, -best[i]));
        assertSampleOfAll(limit.contenders().get(i).run());
      }
    }
  }

  @Test
  void theShapeThatDidMostInTheRoundsIsTheBareEngine() throws Exception {
    try (Limit limit = Limit.search(model, texts.encodings(), true, line -> {})) {
      Outcome outcome = Rounds.run(limit.contenders(), 1, line -> {});
      Limit.Best best = limit.best(outcome);
      assertThat(best.outcome().names()).containsExactly(Limit.NAME);
      assertThat(best.outcome().samples(Limit.NAME))
          .isEqualTo(outcome.samples(Finalist.name(best.shape())));
      assertThat(best.outcome().recordsPerSecond(Limit.NAME))
          .isEqualTo(
              outcome.names().stream().mapToDouble(outcome::recordsPerSecond).max().orElseThrow());
    }
  }

  @Test
  void theLowerBoundsTakeAllTextsAndLessTime() throws Exception {
    try (Limit limit = Limit.search(model, texts.encodings(), true, line -> {});
        TokenizerOnly tokenizer = new TokenizerOnly(model, texts);
        CopyOnly copies = LimitBenchmark.copies(limit.finalists().get(0))) {
      for (Contender bound : List.<Contender>of(tokenizer, copies)) {
        bound.run();
        Sample sample = bound.run();
        assertSampleOfAll(sample);
        assertThat(sample.wallNanos()).isLessThan(limit.finalists().get(0).run().wallNanos());
      }
    }
  }

  @Test
  void aPartOfTextsThatAreAllVeryLongIsOneOfThem() {
    List<Encoding> texts = Collections.nCopies(10, Encoding.of(new int[4_000]));

    assertThat(Limit.part(texts, 3_000)).hasSize(1);
    assertThat(Limit.part(texts, 8_000)).hasSize(2);
  }

  private void assertSampleOfAll(Sample sample) {
    assertThat(sample.records()).isEqualTo(24);
    assertThat(sample.tokens()).isEqualTo(texts.tokens());
  }
}
