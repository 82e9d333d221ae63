package io.flinkinference.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.flink.PromptedModel;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PipelineITCase {

  /** Else it would run more tokens than the bare engine, which gets the texts alone. */
  @Test
  void noPromptIsPutBeforeATextThoughTheModelHasOne(@TempDir Path directory) throws Exception {
    String id = PromptedModel.write(directory);
    Model model = ModelRepositories.standard().resolve(id);
    Tokenized texts =
        Tokenized.of(
            new Workload(
                "numbers", IntStream.range(0, 60).mapToObj(i -> "Text " + i + ".").toList()),
            model);
    try (LocalKafka kafka = LocalKafka.start();
        BenchCluster cluster = BenchCluster.start(1)) {
      TextTopic.fill(kafka, Pipeline.TEXTS, 1, texts.workload().texts());
      new Pipeline(kafka, cluster, id, model, texts, 1).run();
      assertThat(cluster.metrics().count("realTokens")).isEqualTo(texts.tokens());
    }
  }
}
