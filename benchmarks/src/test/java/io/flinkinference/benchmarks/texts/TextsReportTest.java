package io.flinkinference.benchmarks.texts;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.bare.Limit;
import io.flinkinference.benchmarks.bare.Shape;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.peers.Peers;
import io.flinkinference.benchmarks.peers.Product;
import io.flinkinference.benchmarks.peers.Rehearsal;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextsReportTest {

  private static final List<String> PEERS = List.of(Peers.FIFO, Peers.ONE_A_RUN);

  @Test
  void bothBaselinesStandBesideTheOtherRatios() throws Exception {
    Report report =
        report(
            measured(rate(Product.NAME, 120), rate(Peers.FIFO, 20), rate(Peers.ONE_A_RUN, 100)),
            measured(rate(Product.NAME, 120), rate(Peers.FIFO, 30), rate(Peers.ONE_A_RUN, 80)));

    assertThat(report.figures())
        .containsEntry("worstRatioToSingleRuns", 1.2)
        .containsEntry("worstRatioToFifo", 4.0);
    for (int section = 0; section < 2; section++) {
      Table table = report.sections().get(section).table();
      assertThat(table.rows().get(0)).hasSameSizeAs(table.columns());
    }
    assertThat(column(report, 0, "ratio to one a run")).isEqualTo(1.2);
    assertThat(column(report, 1, "ratio to one a run")).isEqualTo(1.5);
    assertThat(column(report, 0, "ratio to FIFO")).isEqualTo(6.0);
    assertThat(column(report, 1, "ratio to FIFO")).isEqualTo(4.0);
  }

  @Test
  void aBaselineThatDidNotRunHasNoRatio() throws Exception {
    Report report =
        report(
            measured(rate(Product.NAME, 120), rate(Peers.ONE_A_RUN, 100)),
            measured(rate(Product.NAME, 120), rate(Peers.ONE_A_RUN, 100)));

    assertThat(report.figures()).doesNotContainKey("worstRatioToFifo");
    assertThat(column(report, 0, "ratio to FIFO")).isEqualTo("-");
  }

  private static Object column(Report report, int section, String column) {
    Table table = report.sections().get(section).table();
    return table.rows().get(0).get(table.columns().indexOf(column));
  }

  private static Report report(Measured length, Measured mix) {
    Tokenized texts =
        new Tokenized(new Workload("one text", List.of("a")), List.of(Encoding.of(1)));
    Rehearsal rehearsal = new Rehearsal(null, texts, line -> {}); // Nothing is rehearsed.
    return new TextsReport("one form", List.of(length), List.of(mix), rehearsal).report("texts");
  }

  private static Measured measured(Contender... sides) throws Exception {
    List<Contender> all = new ArrayList<>(List.of(sides));
    all.add(rate(Limit.NAME, 130));
    return new Measured(
        "short texts", 8, Rounds.run(all, 1, line -> {}), new Shape(64, 1, 1), PEERS, List.of(), 1);
  }

  private static Contender rate(String name, int recordsPerSecond) {
    return Contender.of(name, () -> new Sample(recordsPerSecond, 0, 1_000_000_000, 0));
  }
}
