package io.flinkinference.connectors.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flinkinference.connectors.DeadLetters;
import io.flinkinference.connectors.KafkaTexts;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSecurityTest {

  private static final String SECRET = "s3cr3t";
  private static final Tls TLS =
      Tls.DEFAULT
          .trusting(KeyFile.store("/certs/trust.p12", SECRET))
          .presenting(KeyFile.pem("/certs/client.pem", SECRET));

  private static Map<String, String> settings(KafkaSecurity security) {
    Map<String, String> settings = new HashMap<>();
    security.addTo(settings);
    return settings;
  }

  @Test
  void noneIsPlainText() {
    assertThat(settings(KafkaSecurity.NONE))
        .containsExactly(Map.entry("security.protocol", "PLAINTEXT"));
  }

  @Test
  void tlsTrustsWhomTheJvmTrustsUnlessToldOtherwise() {
    assertThat(settings(KafkaSecurity.tls(Tls.DEFAULT)))
        .containsExactly(Map.entry("security.protocol", "SSL"));
  }

  @Test
  void scramGoesWithAndWithoutTls() {
    KafkaSecurity security = KafkaSecurity.scramSha512("alice", SECRET);

    assertThat(settings(security))
        .containsEntry("security.protocol", "SASL_PLAINTEXT")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
    assertThat(settings(security.overTls(TLS)))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry("ssl.truststore.location", "/certs/trust.p12");
    assertThat(settings(KafkaSecurity.scramSha256("alice", SECRET)))
        .containsEntry("sasl.mechanism", "SCRAM-SHA-256");
  }

  @Test
  void storesHaveOnePasswordAndPemAKeysOwn() {
    Tls stores = Tls.DEFAULT.presenting(KeyFile.store("/certs/client.jks", SECRET));

    assertThat(settings(KafkaSecurity.tls(stores)))
        .containsEntry("ssl.keystore.type", "JKS")
        .containsEntry("ssl.keystore.password", SECRET)
        .containsEntry("ssl.key.password", SECRET);
    assertThat(settings(KafkaSecurity.tls(TLS)))
        .containsEntry("ssl.truststore.password", SECRET)
        .containsEntry("ssl.keystore.type", "PEM")
        .containsEntry("ssl.key.password", SECRET)
        .doesNotContainKey("ssl.keystore.password");
  }

  @ParameterizedTest
  @MethodSource("all")
  void kafkaKnowsEachSettingAndHidesEachSecret(KafkaSecurity security) {
    Map<String, String> settings = settings(security);

    assertThat(settings.keySet()).isSubsetOf(AdminClientConfig.configNames());
    assertThat(settings.keySet()).isSubsetOf(KafkaSecurity.OWNED);
    settings.put("bootstrap.servers", "localhost:9092");
    assertThat(new AdminClientConfig(new HashMap<>(settings)).values().toString())
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @MethodSource("all")
  void textsShowNoSecretAndJavaSerialisesIt(KafkaSecurity security) throws Exception {
    assertThat(security.toString()).doesNotContain(SECRET).contains("TLS");
    assertThat(settings(InstantiationUtil.clone(security))).isEqualTo(settings(security));
    assertThat(TLS.toString()).doesNotContain(SECRET).contains("/certs/trust.p12");
  }

  static Stream<KafkaSecurity> all() {
    return Stream.of(
            KafkaSecurity.NONE,
            KafkaSecurity.plain("alice", SECRET),
            KafkaSecurity.scramSha256("alice", SECRET),
            KafkaSecurity.scramSha512("alice", SECRET),
            KafkaSecurity.oauthBearer(
                KafkaOAuth.clientCredentials("https://login/token", "job", SECRET).scope("kafka")))
        .flatMap(security -> Stream.of(security, security.overTls(TLS)));
  }

  @Test
  void textsSayWhoItIs() {
    assertThat(KafkaSecurity.scramSha512("alice", SECRET))
        .hasToString("SCRAM-SHA-512 user 'alice' without TLS");
    assertThat(KafkaSecurity.tls(TLS)).hasToString("The owner of /certs/client.pem over TLS");
    assertThat(KafkaOAuth.clientCredentials("https://login/token", "job", SECRET))
        .hasToString("KafkaOAuth[job at https://login/token]");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "s3cr3t\0x"})
  void unusablePasswordIsRefusedAndNotShown(String password) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KafkaSecurity.plain("alice", password))
        .withMessageContaining("password of Kafka user 'alice'")
        .withMessageNotContaining(SECRET);
  }

  @Test
  void unusableSettingsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KafkaSecurity.scramSha512(" ", SECRET))
        .withMessageContaining("Kafka user must not be blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFile.store("/certs/trust.p12", ""))
        .withMessageContaining("password of /certs/trust.p12");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFile.pem(null))
        .withMessageContaining("pass its path");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tls.DEFAULT.trusting(KeyFile.pem("/ca.pem", SECRET)))
        .withMessageContaining("/ca.pem have no password")
        .withMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"login/token", "ftp://login/token", "https:///token", ""})
  void tokenEndpointIsAUrl(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KafkaOAuth.clientCredentials(url, "job", SECRET))
        .withMessageContaining("token endpoint")
        .withMessageNotContaining(SECRET);
  }

  @Test
  void tokenEndpointHasNoUserInIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KafkaOAuth.clientCredentials("https://a:s3cr3t@login", "job", "x"))
        .withMessageContaining("has a user in it")
        .withMessageNotContaining(SECRET);
  }

  @Test
  void tokenEndpointMustBeAllowedInThisJvm() {
    KafkaSecurity security =
        KafkaSecurity.oauthBearer(
            KafkaOAuth.clientCredentials("https://login/never-allowed", "job", SECRET));

    assertThat(KafkaOAuth.notAllowedHere(settings(security)))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .contains(
                        "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls="
                            + "https://login/never-allowed")
                    .doesNotContain(SECRET));
    assertThat(KafkaOAuth.notAllowedHere(settings(KafkaSecurity.NONE))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sasl.jaas.config", "security.protocol", "ssl.truststore.location"})
  void propertyThatSaysTheSameIsRefused(String name) {
    KafkaSecurity security = KafkaSecurity.scramSha512("alice", SECRET);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                KafkaTexts.source("localhost:9092", "texts")
                    .groupId("g")
                    .property(name, SECRET)
                    .security(security)
                    .build())
        .withMessageContaining("property() sets '" + name + "'")
        .withMessageContaining("security() is called too, with SCRAM-SHA-512 user 'alice'")
        .withMessageNotContaining(SECRET);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DeadLetters.sink("localhost:9092", "dead")
                    .atLeastOnce()
                    .security(security)
                    .property(name, SECRET)
                    .build())
        .withMessageContaining("property() sets '" + name + "'")
        .withMessageNotContaining(SECRET);
  }

  @Test
  void otherPropertiesGoWithIt() {
    assertThat(
            KafkaTexts.source("localhost:9092", "texts")
                .groupId("g")
                .property("ssl.endpoint.identification.algorithm", "")
                .security(KafkaSecurity.tls(TLS))
                .build())
        .isNotNull();
  }
}
