package io.flinkinference.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.peers.Product;
import io.flinkinference.benchmarks.peers.Rehearsal;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LatencyReportTest {

  private static final double CAPACITY = 100;
  private static final String MAP = "a: map";
  private static final String ASYNC = "c: async I/O";

  private final Tokenized texts =
      new Tokenized(
          new Workload("one text", List.of("text")),
          List.of(new Encoding(new int[] {1, 2, 3}, null, false)));
  private final Rehearsal rehearsal = new Rehearsal(null, texts, line -> {}); // None is rehearsed.

  @Test
  void aLightLoadIsHeldAgainstABareRunOfTheSameRound() {
    Map<String, Object> figures = report(List.of(), List.of()).figures();

    assertThat(figures).containsEntry("p50At10PercentToBareRun", 1.5);
    assertThat(figures).containsEntry("bareRunP50Millis", 8.0);
  }

  @Test
  void thePeerThatComesNearestInTheRoundsIsTheOneThatCounts() {
    // The map has the lower median of p99, async I/O is nearer in most rounds.
    Point map = point(MAP, 80, 80, 90, 150, 160, 900);
    Point async = point(ASYNC, 80, 80, 90, 125, 400, 310);
    Map<String, Object> figures = report(List.of(map, async), List.of()).figures();

    assertThat(figures).containsEntry("nearestPeersP99MillisAt80PercentSameLoad", 310.0);
    assertThat(figures).containsEntry("p99At80PercentToNearestPeerSameLoad", 100.0 / 125);
    assertThat(figures).containsEntry("peersThatCarry80Percent", 2L);
  }

  @Test
  void aPeerThatWasLeftOutIsOverloadedAndHasNoFigures() {
    Report report = report(List.of(point(MAP, 80, 80, 40)), List.of());

    assertThat(report.figures()).containsEntry("peersThatCarry80Percent", 0L);
    assertThat(report.figures()).doesNotContainKey("p99At80PercentToNearestPeerSameLoad");
    assertThat(rowOf(report.sections().get(0), MAP))
        .endsWith("overloaded", "overloaded", "overloaded", "overloaded", "overloaded");
  }

  @Test
  void thePeersThatRunAreNamed() {
    Report report = report(List.of(point(MAP, 80, 80, 90, 150, 160, 170)), List.of());

    assertThat(report.sections().get(0).text()).contains("Of the peers these run: " + MAP + ".");
    assertThat(report.figures()).containsEntry("peerNames", List.of(MAP));
  }

  @Test
  void peersAtTheirOwnCapacityAreATableOfTheirOwn() {
    Report report = report(List.of(), List.of(point(ASYNC, 80, 40, 50, 50, 100, 150)));

    assertThat(report.figures()).containsEntry("p99At80PercentToNearestPeerOwnCapacity", 2.0);
    assertThat(rowOf(report.sections().get(1), ASYNC)).containsSequence(80, 40.0, ASYNC, 80.0);
  }

  @Test
  void aPeerThatFailedIsNamedWithTheReason() {
    BiPredicate<String, Exception> leaveOut = rehearsal.leavingOut(ASYNC::equals);
    assertThat(leaveOut.test(ASYNC, new IllegalStateException("Out of memory."))).isTrue();
    Report report = report(List.of(point(MAP, 80, 80, 90, 150, 160, 170)), List.of());

    assertThat(report.figures()).containsEntry("peersThatFailed", Map.of(ASYNC, "Out of memory."));
    assertThat(report.sections().get(2).table().rows())
        .containsExactly(List.of(ASYNC, "failed in a round: Out of memory."));
  }

  private Report report(List<Point> peers, List<Point> own) {
    List<Point> same = new ArrayList<>();
    same.add(
        new Point(
            Product.NAME, 10, 10, CAPACITY, List.of(p50(12), p50(24), p50(6), p50(9), p50(3))));
    same.add(point(Product.NAME, 80, 80, CAPACITY, 100, 200, 300));
    same.addAll(peers);
    List<Percentiles> bare = List.of(p50(8), p50(16), p50(4), p50(9), p50(1));
    return new LatencyReport("one form", texts, bare, same, own, rehearsal).report("latency");
  }

  private static List<Object> rowOf(Section section, String side) {
    return section.table().rows().stream()
        .filter(row -> row.contains(side))
        .findFirst()
        .orElseThrow();
  }

  private static Point point(
      String side, int load, double perSecond, double capacity, int... p99OfRounds) {
    return new Point(
        side,
        load,
        perSecond,
        capacity,
        IntStream.of(p99OfRounds).mapToObj(p99 -> percentiles(1, p99)).toList());
  }

  private static Percentiles p50(double p50) {
    return percentiles(p50, 100);
  }

  private static Percentiles percentiles(double p50, double p99) {
    return new Percentiles(p50, p50, p99, OptionalDouble.empty(), p99);
  }
}
