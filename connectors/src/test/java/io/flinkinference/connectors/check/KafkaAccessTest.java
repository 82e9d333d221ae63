package io.flinkinference.connectors.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flinkinference.connectors.client.KafkaSecurity;
import io.flinkinference.connectors.client.KeyFile;
import io.flinkinference.connectors.client.Tls;
import io.flinkinference.result.UnavailableException;
import java.util.List;
import java.util.Properties;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.common.config.SaslConfigs;
import org.junit.jupiter.api.Test;

class KafkaAccessTest {

  private static Throwable refusal(Properties client, KafkaSecurity security) {
    return refusal("localhost:9092", client, security);
  }

  private static Throwable refusal(String servers, Properties client, KafkaSecurity security) {
    return catchThrowable(() -> KafkaAccess.of(servers, client, security).ask(admin -> {}));
  }

  /** It may pass, and no file or password is at fault. */
  @Test
  void namesThatCannotBeResolvedAreNoFaultOfFilesAndPasswords() {
    Properties login = new Properties();
    login.setProperty("security.protocol", "SASL_PLAINTEXT");
    login.setProperty(SaslConfigs.SASL_MECHANISM, "PLAIN");
    login.setProperty(
        SaslConfigs.SASL_JAAS_CONFIG,
        "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username='me' password='hunter2';");

    for (Properties client : List.of(new Properties(), login)) {
      assertThat(refusal("nowhere.invalid:9092", client, null))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("No name of Kafka's servers can be resolved")
          .hasMessageContaining("nowhere.invalid:9092")
          .hasMessageContaining("DNS")
          .hasStackTraceContaining("bootstrap.servers")
          .satisfies(
              e -> assertThat(ExceptionUtils.stringifyException(e)).doesNotContain("hunter"));
    }
  }

  @Test
  void refusalOfALoginOfOnesOwnShowsNothingOfIt() {
    Properties client = new Properties();
    client.setProperty("security.protocol", "SASL_PLAINTEXT");
    client.setProperty(SaslConfigs.SASL_MECHANISM, "PLAIN");
    client.setProperty(
        SaslConfigs.SASL_JAAS_CONFIG,
        "org.apache.kafka.common.security.plain.PlainLoginModule required password=a hunter2;");

    assertThat(refusal(client, null))
        .isInstanceOf(KafkaSetupException.class)
        .hasNoCause()
        .hasMessageContaining("Look at that")
        .hasMessageNotContaining("hunter");
  }

  @Test
  void refusalOfFilesSaysWhatKafkaSays() {
    KafkaSecurity security =
        KafkaSecurity.plain("me", "hunter2")
            .overTls(Tls.DEFAULT.trusting(KeyFile.pem("/no/such/file.pem")));
    Properties client = new Properties();
    security.addTo(client);

    assertThat(refusal(client, security))
        .hasMessageContaining("/no/such/file.pem")
        .hasMessageNotContaining("hunter");
  }
}
