package io.flinkinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceFileTest {

  @TempDir private Path parent;
  private TestModelDirectory directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = TestModelDirectory.in(parent);
  }

  @Test
  void modelThatIsNearEnoughIsTaken() throws IOException {
    Model model = with("{\"sha256\": \"%s\", \"parity\": {\"minCosine\": 0.999}, \"new\": 1}");
    assertThatCode(() -> InferenceFile.of(model).requireParity(model, 0.999))
        .doesNotThrowAnyException();
  }

  @Test
  void modelThatIsTooFarIsRefusedWithBothFigures() throws IOException {
    Model model = with("{\"sha256\": \"%s\", \"parity\": {\"minCosine\": 0.98}}");
    assertThatThrownBy(() -> InferenceFile.of(model).requireParity(model, 0.99))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("inference.model.min-parity is 0.99")
        .hasMessageContaining("0.98");
  }

  @Test
  void modelWithoutFileIsRefused() {
    Model model = directory.read();
    assertThatThrownBy(() -> InferenceFile.of(model).requireParity(model, 0.5))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("does not say parity.minCosine")
        .hasMessageContaining("command optimize");
  }

  @Test
  void figuresOfAnotherGraphAreRefused() throws IOException {
    Model model = with("{\"sha256\": \"00\", \"parity\": {\"minCosine\": 1.0}}");
    assertThatThrownBy(() -> InferenceFile.of(model).requireParity(model, 0.5))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("The figures are of another graph");
  }

  @Test
  void tokenBudgetIsThatOfTheDevice() throws IOException {
    InferenceFile file = InferenceFile.of(with("{\"tokenBudgets\": {\"cpu\": 512}}"));
    assertThat(file.tokenBudget("cpu")).hasValue(512);
    assertThat(file.tokenBudget("cuda:0")).isEmpty();
  }

  @Test
  void tokenBudgetThatIsNoneIsRefused() throws IOException {
    InferenceFile file = InferenceFile.of(with("{\"tokenBudgets\": {\"cpu\": \"many\"}}"));
    assertThatThrownBy(() -> file.tokenBudget("cpu"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("\"tokenBudgets.cpu\"");
  }

  private Model with(String json) throws IOException {
    Model model = directory.read();
    directory.with(InferenceFile.NAME, json.formatted(model.sha256()));
    return model;
  }
}
