package io.flinkinference.connectors.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

  @Test
  void settingsThatAReplayMakesItselfAreRefusedWithoutTheirValues() {
    for (String name : new String[] {"group.id", "isolation.level", "transactional.id"}) {
      assertThatThrownBy(() -> replay().property(name, "secret").dryRun())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + name + "'")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void whatKafkaRefusesIsNamedWithoutItsValue() {
    assertThatThrownBy(() -> replay().property("security.protocol", "secret").dryRun())
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("that of security.protocol")
        .hasStackTraceContaining("security.protocol")
        .satisfies(ClientSettingsTest::hidesTheSecret);
    // Not closed by a semicolon, so that Kafka's parser may take the password for something else.
    Map<String, String> jaas =
        Map.of(
            "security.protocol", "SASL_PLAINTEXT",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", "org.example.Module secret password=secret");
    Replay replay = replay();
    jaas.forEach(replay::property);
    assertThatThrownBy(replay::dryRun)
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("sasl.jaas.config")
        .satisfies(ClientSettingsTest::hidesTheSecret);
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamed() {
    assertThatThrownBy(() -> replay().property("default.api.timeout.ms", "30").dryRun())
        .isInstanceOf(ReplayException.class)
        .hasMessage(
            "Kafka at 127.0.0.1:1 does not answer in time. See that it is up and can be reached from here, and run it again.");
  }

  private static void hidesTheSecret(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      assertThat(e).hasMessageNotContaining("secret");
    }
  }

  private static Replay replay() {
    return Replay.from("127.0.0.1:1", "dead");
  }
}
