package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class UnknownOptionsTest {

  @Test
  void aMisspeltOptionIsRefusedWithTheNearestOne() {
    Configuration options = configuration("inference.batch.token-bugdet", "128");
    assertThatThrownBy(() -> build(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no option 'inference.batch.token-bugdet'")
        .hasMessageContaining("nearest is 'inference.batch.token-budget'");
    assertThatThrownBy(() -> ScoringSpec.of("all-minilm-l6-v2", Tasks.embedding(), options))
        .hasMessageContaining("nearest is 'inference.batch.token-budget'");
  }

  @Test
  void whatIsBelowAnOptionThatIsNoMapIsRefused() {
    assertThatThrownBy(() -> build(configuration("inference.device.option.use_tf32", "0")))
        .hasMessageContaining("no option 'inference.device.option.use_tf32'");
    assertThatThrownBy(() -> build(configuration("inference.text.blank.x", "SKIP")))
        .hasMessageContaining("nearest is 'inference.text.blank'");
  }

  @Test
  void settingsOfADeviceMayBeWrittenBelowTheirOption() {
    Configuration below = configuration("inference.device.options.use_tf32", "0");
    below.set(InferenceOptions.DEVICE, "cuda");
    assertThatCode(() -> build(below)).doesNotThrowAnyException();

    Configuration together = new Configuration();
    together.set(InferenceOptions.DEVICE, "cuda");
    together.set(InferenceOptions.DEVICE_OPTIONS, Map.of("use_tf32", "0"));
    together.set(InferenceOptions.TIME_LIMIT, Duration.ofSeconds(20));
    assertThatCode(() -> build(together)).doesNotThrowAnyException();
  }

  @Test
  void optionsOfOthersAreLeftAlone() {
    Configuration options = configuration("state.backend.type", "rocksdb");
    options.setString("inference-team.contact", "us");
    assertThatCode(() -> build(options)).doesNotThrowAnyException();
  }

  private static Configuration configuration(String key, String value) {
    Configuration configuration = new Configuration();
    configuration.setString(key, value);
    return configuration;
  }

  private static void build(Configuration options) {
    TextInference.on(StreamExecutionEnvironment.getExecutionEnvironment().fromData("a"))
        .text(text -> text)
        .model("all-minilm-l6-v2")
        .options(options)
        .task(Tasks.embedding())
        .build();
  }
}
