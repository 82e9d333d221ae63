package io.flinkinference.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.peers.model.Embedder;
import io.flinkinference.benchmarks.peers.step.AsyncEach;
import io.flinkinference.benchmarks.peers.step.MapEach;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.model.ModelException;
import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RehearsalITCase {

  private static final Tokenized TEXTS =
      new Tokenized(
          new Workload("texts", List.of("a", "b")), List.of(Encoding.of(1), Encoding.of(1, 2)));

  private static final Peer ABLE =
      new Peer("able", "", (subtasks, cores) -> MapEach.step(RehearsalITCase::able));
  private static final Peer NOT_OPENED =
      new Peer("not opened", "", (subtasks, cores) -> MapEach.step(RehearsalITCase::notOpened));
  private static final Peer FAILING =
      new Peer("failing", "", (subtasks, cores) -> AsyncEach.step(RehearsalITCase::failing, 1));

  private static BenchCluster cluster;

  private final List<String> progress = new ArrayList<>();
  private final Rehearsal rehearsal = new Rehearsal(cluster, TEXTS, progress::add);

  @BeforeAll
  static void start() throws Exception {
    cluster = BenchCluster.start(1);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void peersThatFailAreLeftOutWithTheReason() throws Exception {
    assertThat(rehearsal.able(List.of(NOT_OPENED, ABLE, FAILING))).containsExactly(ABLE);

    Map<String, Object> figures = new LinkedHashMap<>();
    rehearsal.note(figures);
    assertThat(figures)
        .containsEntry(
            "peersThatCannotRun",
            Map.of("not opened", "No such graph.", "failing", "No such input."));
    assertThat(rehearsal.section().orElseThrow().table().rows())
        .contains(List.of("failing", "cannot run this model: No such input."));
    assertThat(progress).hasSize(2);
  }

  @Test
  void whereAllCanRunNothingIsSaid() throws Exception {
    assertThat(rehearsal.someAble(List.of(ABLE))).containsExactly(ABLE);

    assertThat(rehearsal.section()).isEmpty();
    assertThat(progress).isEmpty();
  }

  @Test
  void aPeerThatFailsLaterIsKeptWithTheReasonToo() {
    BiPredicate<String, Exception> leaveOut = rehearsal.leavingOut(name -> name.startsWith("able"));
    assertThat(leaveOut.test("able", new IllegalStateException("Out of memory."))).isTrue();
    assertThat(leaveOut.test("bare engine", new IllegalStateException("No such file."))).isFalse();

    Map<String, Object> figures = new LinkedHashMap<>();
    rehearsal.note(figures);
    assertThat(figures)
        .containsExactly(Map.entry("peersThatFailed", Map.of("able", "Out of memory.")));
    assertThat(rehearsal.section().orElseThrow().table().rows())
        .containsExactly(List.of("able", "failed in a round: Out of memory."));
  }

  @Test
  void whereNoPeerCanRunThereIsNothingToCompare() {
    assertThatThrownBy(() -> rehearsal.someAble(List.of(FAILING)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("No such input.");
  }

  private static Embedder able() {
    return new Lengths();
  }

  private static Embedder notOpened() {
    throw new IllegalArgumentException("No such graph.");
  }

  private static Embedder failing() {
    return new Lengths() {
      @Override
      public List<float[]> embed(List<String> texts) {
        throw new IllegalStateException("No such input.");
      }
    };
  }

  private static class Lengths implements Embedder {

    @Override
    public List<float[]> embed(List<String> texts) {
      return texts.stream().map(text -> new float[] {text.length()}).toList();
    }

    @Override
    public void close() {}
  }
}
