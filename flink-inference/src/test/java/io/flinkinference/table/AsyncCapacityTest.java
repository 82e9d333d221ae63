package io.flinkinference.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.functions.AsyncPredictFunction;
import org.apache.flink.table.functions.PredictFunction;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.runtime.functions.ml.ModelPredictRuntimeProviderContext;
import org.junit.jupiter.api.Test;

class AsyncCapacityTest {

  private final Configuration call = new Configuration();
  private final Configuration session = new Configuration();

  @Test
  void flinksDefaultIsWarnedOfWithBothCures() {
    assertThat(AsyncCapacity.of(call, session).warning())
        .hasValueSatisfying(
            warning ->
                assertThat(warning)
                    .startsWith("Only 10 texts")
                    .contains("'max-concurrent-operations' to '1024' in the CONFIG of ML_PREDICT")
                    .contains("table.exec.async-ml-predict.max-concurrent-operations"));
  }

  @Test
  void theCallCountsBeforeTheSession() {
    session.setString("table.exec.async-ml-predict.max-concurrent-operations", "1024");
    assertThat(AsyncCapacity.of(call, session).warning()).isEmpty();
    call.setString("max-concurrent-operations", "20");
    assertThat(AsyncCapacity.of(call, session).records()).isEqualTo(20);
  }

  @Test
  void aMisspeltKeyOfTheCallIsRefused() {
    OnnxModelProvider provider = Declarations.embedding().provider();
    ModelProvider.Context misspelt = context(Map.of("max-concurent-operations", "1024"));
    assertThatThrownBy(() -> provider.createAsyncPredictFunction(misspelt))
        .hasMessageContaining("unknown keys [max-concurent-operations]")
        .hasMessageContaining("max-concurrent-operations, output-mode, timeout");
    assertThatThrownBy(() -> provider.createPredictFunction(misspelt))
        .hasMessageContaining("unknown keys");
    ModelProvider.Context all =
        context(
            Map.of(
                "async", "true",
                "max-concurrent-operations", "1024",
                "output-mode", "ALLOW_UNORDERED",
                "timeout", "60 s"));
    assertThat(provider.createAsyncPredictFunction(all)).isInstanceOf(AsyncPredictFunction.class);
    assertThat(provider.createPredictFunction(all)).isInstanceOf(PredictFunction.class);
  }

  private static ModelProvider.Context context(Map<String, String> call) {
    return new ModelPredictRuntimeProviderContext(
        Declarations.embedding().model(), Configuration.fromMap(call));
  }
}
