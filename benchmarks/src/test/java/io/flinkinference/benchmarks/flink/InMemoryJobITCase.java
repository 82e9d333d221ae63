package io.flinkinference.benchmarks.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InMemoryJobITCase {

  private static final List<String> TEXTS =
      IntStream.range(0, 40).mapToObj(i -> "Text " + i + ".").toList();

  private static BenchCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = BenchCluster.start(2);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void theMiddleOfTheRunIsMeasured() throws Exception {
    Sample sample =
        InMemoryJob.run(
            cluster, TEXTS, text -> 5, 2, texts -> texts.map(text -> text).returns(Types.STRING));
    assertThat(sample.records()).isEqualTo(32);
    assertThat(sample.tokens()).isEqualTo(160);
  }

  @Test
  void aStepThatLosesATextIsNoResult() {
    assertThatThrownBy(
            () ->
                InMemoryJob.run(
                    cluster,
                    TEXTS,
                    text -> 5,
                    1,
                    texts -> texts.filter(text -> !text.contains("7"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("40 texts went in, but 36");
  }

  @Test
  void theOperatorIsSeenByItsMetrics() throws Exception {
    String id = "all-minilm-l6-v2-q";
    Model model = ModelRepositories.standard().resolve(id);
    InMemoryJob.run(cluster, TEXTS, text -> 5, 2, Inference.step(id, model, new Configuration()));
    assertThat(cluster.metrics().count("batchRows")).isEqualTo(40);
    assertThat(cluster.metrics().padding()).isBetween(1.0, 2.0);
    assertThat(cluster.metrics().median("operatorTime")).isPositive();
  }

  @Test
  void noPromptIsPutBeforeATextThoughTheModelHasOne(@TempDir Path directory) throws Exception {
    String id = PromptedModel.write(directory);
    Model model = ModelRepositories.standard().resolve(id);
    assertThat(model.config().prompts().byDefault()).isNotEmpty();

    InMemoryJob.run(cluster, TEXTS, text -> 5, 2, Inference.step(id, model, new Configuration()));

    assertThat(cluster.metrics().count("realTokens"))
        .isEqualTo(Tokenized.of(new Workload("texts", TEXTS), model).tokens());
  }
}
