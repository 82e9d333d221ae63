package io.flinkinference.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.flink.InMemoryJob;
import io.flinkinference.benchmarks.flink.PromptedModel;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.runtime.ModelLeases;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnEnginesITCase {

  private static final String ID = "all-minilm-l6-v2-q";
  private static final List<String> TEXTS =
      IntStream.range(0, 40).mapToObj(i -> "Text " + i + ".").toList();

  @Test
  void subtasksScoreWithoutTheSharedEngine() throws Exception {
    Model model = ModelRepositories.standard().resolve(ID);
    try (BenchCluster cluster = BenchCluster.start(2)) {
      int before = ModelLeases.SHARED.size();
      InMemoryJob.run(cluster, TEXTS, text -> 5, 2, OwnEngines.step(ID, model, 2));
      assertThat(cluster.metrics().count("batchRows")).isEqualTo(40);
      assertThat(ModelLeases.SHARED.size()).isEqualTo(before);
    }
  }

  @Test
  void noPromptIsPutBeforeATextThoughTheModelHasOne(@TempDir Path directory) throws Exception {
    String id = PromptedModel.write(directory);
    Model model = ModelRepositories.standard().resolve(id);
    try (BenchCluster cluster = BenchCluster.start(1)) {
      InMemoryJob.run(cluster, TEXTS, text -> 5, 1, OwnEngines.step(id, model, 1));
      assertThat(cluster.metrics().count("realTokens"))
          .isEqualTo(Tokenized.of(new Workload("texts", TEXTS), model).tokens());
    }
  }
}
