package io.flinkinference.benchmarks.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TextKindsTest {

  private final Model model = ModelRepositories.standard().resolve("all-minilm-l6-v2");
  private final List<String> progress = new ArrayList<>();

  @Test
  void textsHaveAboutTheTokensThatTheyStandFor() throws IOException {
    List<Workload> byLength = kinds(true).byLength();
    assertThat(byLength).hasSize(2);
    assertThat(Tokenized.of(byLength.get(0), model).meanTokens()).isCloseTo(8, within(1.5));
    assertThat(Tokenized.of(byLength.get(1), model).meanTokens()).isCloseTo(64, within(8.0));
  }

  @Test
  void lengthsBeyondTheModelAreLeftOutAndThatIsSaid() throws IOException {
    assertThat(kinds(false).byLength()).hasSize(6);
    assertThat(progress).hasSize(1).first().asString().contains("at most 256").contains("512");
  }

  private TextKinds kinds(boolean quick) throws IOException {
    return TextKinds.of(
        new BenchmarkSettings(
            quick, model.name(), model.name(), false, Optional.empty(), 1, progress::add),
        model);
  }
}
