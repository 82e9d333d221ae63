package io.flinkinference.examples.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.examples.TestingSummaries;
import io.flinkinference.examples.figures.BatchFigures;
import io.flinkinference.examples.figures.Latency;
import io.flinkinference.examples.figures.PhaseFigures;
import io.flinkinference.examples.figures.SampleText;
import io.flinkinference.examples.figures.Setup;
import io.flinkinference.result.LabelScore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ViewsTest {

  private static final Style PLAIN = new Style(false);

  @Test
  void progressIsOneLineOfFigures() {
    assertThat(ProgressView.of("paced", TestingSummaries.PACED))
        .isEqualTo(
            "  paced     1,000 in  1,000 scored  156/s   1.1 rows/batch  padding 1 %   p50 12 ms   "
                + "p99 41 ms ");
  }

  @Test
  void progressNamesDeadLettersWhereThereAreSome() {
    assertThat(ProgressView.of("flat out", TestingSummaries.FLAT_OUT)).endsWith(" dead 10");
  }

  @Test
  void progressBeforeTheFirstResultHasNoLatency() {
    PhaseFigures nothing = new PhaseFigures(5, 0, 0, 0, null, null, new BatchFigures(0, 0, 0, 0));
    assertThat(ProgressView.of("flat out", nothing)).contains("p50 - ").contains("p99 - ");
  }

  @Test
  void summaryShowsThePhasesApartAndTheVerdict() {
    assertThat(SummaryView.of(TestingSummaries.summary(0, 0), PLAIN))
        .containsExactly(
            "  Flat out 4,000 texts at once: 312/s   14.3 rows/batch, padding 8 %",
            "  Paced    1,000 texts at 156/s: result after p50 12 ms, p99 41 ms   1.1 rows/batch",
            "           committed and read after p50 540 ms, p99 1.1 s"
                + " (a checkpoint commits each second)",
            "  Start    first result 9.8 s after the program began",
            "  Records  5,000 sent, 4,990 scored, 10 dead letters; 0 missing, 0 twice",
            "           dead letter, BLANK_TEXT: 10",
            "",
            "  Every record that was sent came back exactly once.",
            "");
  }

  @Test
  void summarySaysWhenARecordIsMissing() {
    assertThat(SummaryView.of(TestingSummaries.summary(1, 0), PLAIN))
        .anyMatch(line -> line.contains("1 missing"))
        .anyMatch(line -> line.contains("Not every record came back exactly once"));
  }

  @Test
  void tableCutsTextsAndLabels() {
    SampleText text =
        new SampleText(
            "A sentence that is a good deal longer than the sixty columns of its cell, so that it"
                + " goes on in the line below and has to be cut there, for two are enough.",
            new LabelScore("a label of many letters", 0.875f),
            new LabelScore("sport", 0.1f));
    assertThat(SampleTable.of(List.of(text), PLAIN))
        .containsExactly(
            "  Some of the texts                                             Topic                "
                + " Next",
            "  A sentence that is a good deal longer than the sixty columns  a label of m... 0.88 "
                + " sport",
            "  of its cell, so that it goes on in the line below and has...",
            "");
  }

  @Test
  void noTextsMakeNoTable() {
    assertThat(SampleTable.of(List.of(), PLAIN)).isEmpty();
  }

  @Test
  void everythingFitsInAHundredColumns() {
    PhaseFigures large =
        new PhaseFigures(
            400_000,
            399_999,
            0,
            1_234,
            new Latency(123_456, 999_900),
            null,
            new BatchFigures(100, 3_200, 1_000, 1_120));
    List<String> lines = new ArrayList<>(HeaderView.title(PLAIN));
    lines.addAll(HeaderView.of(SETUP, PLAIN));
    lines.add(ProgressView.of("flat out", large));
    lines.addAll(SummaryView.of(TestingSummaries.summary(0, 0), PLAIN));
    lines.addAll(SummaryView.tryNext(PLAIN));
    assertThat(lines).allMatch(line -> line.length() <= 100, "at most 100 columns");
  }

  private static final Setup SETUP =
      new Setup(
          "127.0.0.1:40123",
          "http://127.0.0.1:40124",
          "bge-small-en-v1.5-q",
          "int8",
          "ab".repeat(32),
          "100,000: the 6,543 sentences of the corpus, again and again",
          17,
          4,
          true,
          "/tmp/flink-inference-demo-16530112693961869481/demo.log");
}
