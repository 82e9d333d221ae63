package io.flinkinference.benchmarks.peers.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.model.Activation;
import io.flinkinference.model.DenseModule;
import io.flinkinference.model.GraphFacts;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelConfig;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.Pooling;
import io.flinkinference.model.Prompts;
import io.flinkinference.model.TokenLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelSettingsTest {

  private static final Path FILE = Path.of("file");

  @Test
  void denseLayersAreRefusedForNoPeerAppliesThem() {
    DenseModule dense = new DenseModule(FILE, 4, 2, false, Activation.TANH);

    assertThatThrownBy(() -> ModelSettings.of(model(List.of(dense))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("m has dense layers");
  }

  private static Model model(List<DenseModule> dense) {
    return new Model(
        "m",
        FILE,
        FILE,
        "",
        "",
        new GraphFacts("fp32", true, 17),
        new ModelConfig(
            8,
            10,
            0,
            List.of(),
            null,
            Pooling.MEAN,
            true,
            "",
            TokenLayout.USUAL,
            dense,
            Prompts.NONE,
            ""));
  }
}
