package io.flinkinference.connectors.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka itself reads what is written. */
class JaasTest {

  private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "with \"quotes\" and 'single' ones",
        "back\\slash, at the end too\\",
        "semi;colon",
        "\" serviceName=\"injected",
        "\"; com.example.Other required debug=\"true",
        "\\\" serviceName=\\\"injected",
        "a // comment /* another */ # and a third",
        "line\nfeed\r\nand\ttab, a bell \u0007 and a digit \u00011",
        "\\n \\u0041 \\101",
        "Größe 密码 🔑 \u007F \u0085 \u2028",
        "${env:HOME} %{x} $",
        " spaces around "
      })
  void valueComesBackAsItWas(String value) {
    assertComesBack(value, "second " + value);
  }

  @Test
  void anyCharactersComeBack() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      assertComesBack(noise(random), noise(random));
    }
  }

  private static String noise(Random random) {
    String frequent = "\"\\;='\n\r\t 01n/*";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(
          random.nextBoolean()
              ? frequent.charAt(random.nextInt(frequent.length()))
              : (char) random.nextInt(Character.MIN_SURROGATE));
    }
    return text.toString();
  }

  private static void assertComesBack(String first, String second) {
    Map<String, String> options = Map.of("username", first, "password", second);
    Password entry = new Password(Jaas.entry(MODULE, options));

    var read = JaasContext.loadClientContext(Map.of("sasl.jaas.config", entry));

    assertThat(read.configurationEntries()).hasSize(1);
    AppConfigurationEntry only = read.configurationEntries().get(0);
    assertThat(only.getLoginModuleName()).isEqualTo(MODULE);
    assertThat(only.getOptions()).isEqualTo(options);
  }
}
