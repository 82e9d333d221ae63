package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.Arrays;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

class OptionsPageTest {

  @Test
  void thePageSaysWhatTheOptionsSay() throws Exception {
    if (System.getProperty("options.write") != null) {
      OptionsPage.write();
    }
    assertThat(Files.readString(OptionsPage.FILE))
        .as("docs/options.md; it says itself how to make it anew")
        .isEqualTo(OptionsPage.render());
  }

  @Test
  void everyOptionIsListed() {
    long declared =
        Arrays.stream(InferenceOptions.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .filter(field -> field.getType() == ConfigOption.class)
            .count();
    assertThat(InferenceOptions.ALL).hasSize((int) declared);
  }
}
