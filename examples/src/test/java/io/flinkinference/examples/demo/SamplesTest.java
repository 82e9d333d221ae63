package io.flinkinference.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.connectors.avro.LabelScore;
import io.flinkinference.connectors.avro.ModelStamp;
import io.flinkinference.connectors.avro.Origin;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.examples.figures.SampleText;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SamplesTest {

  private static final String LONG = "a text that is too long to be shown whole";

  private final Samples samples = new Samples(2, 10, 20);

  @Test
  void firstTextOfEachShareThatFitsIsKeptWhateverTheOrder() {
    samples.offer(4, scored("fits, but later"));
    samples.offer(9, scored("second share"));
    samples.offer(0, scored(LONG));
    samples.offer(2, scored("fits and is first"));
    samples.offer(3, scored("fits and is next"));
    assertThat(samples.kept())
        .extracting(SampleText::text)
        .containsExactly("fits and is first", "second share");
  }

  @Test
  void longTextIsBetterThanNone() {
    samples.offer(7, scored(LONG));
    assertThat(samples.kept()).extracting(SampleText::text).containsExactly(LONG);
  }

  @Test
  void bestTwoLabelsAreShown() {
    samples.offer(0, scored("text"));
    assertThat(samples.kept())
        .containsExactly(
            new SampleText(
                "text",
                new io.flinkinference.result.LabelScore("sport", 0.7f),
                new io.flinkinference.result.LabelScore("news", 0.2f)));
  }

  private static ScoredText scored(String text) {
    return new ScoredText(
        null,
        text,
        List.of(
            new LabelScore("sport", 0.7f), new LabelScore("news", 0.2f), new LabelScore("x", 0.1f)),
        null,
        List.of(),
        null,
        new ModelStamp("m", "00", "fp32", "cpu", true),
        new Origin("texts", 0, 0L, Instant.EPOCH),
        Instant.EPOCH);
  }
}
