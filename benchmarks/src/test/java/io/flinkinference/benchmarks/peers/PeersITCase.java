package io.flinkinference.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.tools.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersITCase {

  private static final List<String> TEXTS =
      List.of(
          "Short.",
          "Shorter.",
          "Who pays?",
          "We do, as ever.",
          "That is not what was agreed in May.",
          "Nobody has asked the towns by the sea.",
          "The committee will vote on the report at noon tomorrow.",
          "Unbelievably, re-examination of Zürich's numbers (1,024 & 2,048) isn't done!",
          "We have to say where the money comes from, and where it goes. ".repeat(8),
          // Longer than the limit of the model, so that all have to cut it at the same place.
          "Members of this House have waited for years. ".repeat(60));

  @Test
  void allPeersGiveTheVectorsOfTheProject(@TempDir Path directory) throws Exception {
    Report report = run(directory, "all-minilm-l6-v2", true);

    assertThat(report.title()).contains("all-minilm-l6-v2 fused when it is loaded, its peers with");
    assertThat(report.figures())
        .containsEntry("peers", 8L)
        .containsEntry("peersThatAgree", 8L)
        .containsEntry("batchInvariant", true);
    assertThat((double) report.figures().get("ratioToFifo")).isPositive();
    assertThat((double) report.figures().get("ratioToBestPeerOnSameGraph")).isPositive();
  }

  @Test
  void projectMayRunAnotherFormThanThePeers(@TempDir Path directory) throws Exception {
    Report report = run(directory, "all-minilm-l6-v2-q", false);

    assertThat(report.title()).contains("with all-minilm-l6-v2-q, its peers with all-minilm-l6-v2");
    assertThat(report.figures())
        .containsEntry("model", "all-minilm-l6-v2")
        .containsEntry("ownModel", "all-minilm-l6-v2-q")
        .containsEntry("peersThatAgree", 0L);
  }

  private static Report run(Path directory, String ownModel, boolean fuse) throws Exception {
    Path texts = Files.write(directory.resolve("texts.txt"), TEXTS);
    PeersBenchmark benchmark = new PeersBenchmark();
    benchmark.prepare();
    return benchmark.run(
        new BenchmarkSettings(
            true, "all-minilm-l6-v2", ownModel, fuse, Optional.of(texts), 1, line -> {}));
  }
}
