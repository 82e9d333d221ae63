package io.flinkinference.tools.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.model.GraphChoice;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.texts.SampleText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

  private static final List<SampleText> TEXTS =
      List.of(
          new SampleText("Ann Smith saw Novosibirsk", "", 1),
          new SampleText("", "", 2),
          new SampleText("a fast car", "", 3));

  @ParameterizedTest
  @ValueSource(strings = {"embedding", "single-label", "tokens"})
  void aModelAgreesWithItself(String task) {
    Parity parity = Parity.of(ask(task), ask(task), () -> {});
    assertThat(parity.agreement()).isEqualTo(1);
    assertThat(parity.minCosine()).isGreaterThan(0.999999);
  }

  @Test
  void tokensAreAskedForAllTheirLabels() {
    assertThat(ask("tokens")).allMatch(TokenAnswer.class::isInstance);
  }

  private static List<Answer> ask(String task) {
    String model = Families.of("bert", task).toString();
    return Answers.ofOriginal(model, GraphChoice.AUTO, TEXTS, () -> {}).answers();
  }
}
