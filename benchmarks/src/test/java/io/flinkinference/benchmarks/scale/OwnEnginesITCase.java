package io.flinkinference.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.flink.InMemoryJob;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.runtime.ModelLeases;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OwnEnginesITCase {

  private static final String ID = "all-minilm-l6-v2-q";

  @Test
  void subtasksScoreWithoutTheSharedEngine() throws Exception {
    List<String> texts = IntStream.range(0, 40).mapToObj(i -> "Text " + i + ".").toList();
    Model model = ModelRepositories.standard().resolve(ID);
    try (BenchCluster cluster = BenchCluster.start(2)) {
      int before = ModelLeases.SHARED.size();
      InMemoryJob.run(cluster, texts, text -> 5, 2, OwnEngines.step(ID, model, 2));
      assertThat(cluster.metrics().count("batchRows")).isEqualTo(40);
      assertThat(ModelLeases.SHARED.size()).isEqualTo(before);
    }
  }
}
