package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys are of secrets, and which values say only where one is. */
class SecretsTest {

  @TempDir Path directory;

  private String answer(String over) throws Exception {
    return Chart.answer(Values.write(directory.resolve("values.yaml"), "cpu", over));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.password",
        "a.secret",
        "fs.azure.account.key.b",
        "a.apikey",
        "a.api-key",
        "a.auth-params",
        "a.service-key",
        "a.token",
        "a.basic-auth",
        "a.jaas.config",
        "a.http-headers",
        "A.Password"
      })
  void whatFlinkKeepsOutOfItsLogIsRefused(String key) throws Exception {
    assertThat(GlobalConfiguration.isSensitive(key)).isTrue();
    assertThat(answer("flink: {" + key + ": not-for-all}"))
        .contains("flink: " + key + " stands in plain text")
        .doesNotContain("not-for-all");
    assertThat(answer("job: {flink: {" + key + ": not-for-all}}"))
        .contains("job.flink: " + key + " stands in plain text")
        .doesNotContain("not-for-all");
  }

  @Test
  void whatSaysWhereASecretIsIsTaken() throws Exception {
    assertThat(
            answer(
                """
                flink:
                  kubernetes.secrets: "kafka-tls:/etc/kafka-tls"
                  kubernetes.env.secretKeyRef: "env:A,secret:b,key:c"
                  security.kerberos.fetch.delegation-token: false
                  security.other.delegation-token: "true"
                  security.delegation.tokens.renewal.time-ratio: 0.5
                  security.ssl.internal.key-password: of-flink-alone
                  metrics.reporter.cloud.apikey: of-flink-alone
                  security.delegation.token.provider.s3.region: eu-west-1
                  fs.azure.account.keyprovider.a.blob.core.windows.net: a.EnvironmentVariableKeyProvider
                  s3.encryption.key: "arn:aws:kms:eu-west-1:1:key/a"
                job:
                  flink: {a.password: "${env:A_PASSWORD}", fs.s3a.encryption.key: "arn:aws:kms:eu-west-1:1:key/a"}
                  kafka:
                    consumer-properties:
                      sasl.jaas.config: 'a.Module required password="${file:/etc/kafka/password}";'
                      sasl.oauthbearer.token.endpoint.url: https://login.example/token
                    producer-properties:
                      sasl.jaas.config: a.IamModule required;
                pod:
                  env:
                    - {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /var/run/token}
                    - {name: OTHER_PASSWORD, value: $(KAFKA_PASSWORD)}
                    - {name: MAX_TOKENS, value: "512"}
                    - {name: DB_SECRET_ARN, value: "arn:aws:a"}
                    - {name: DB_SECRET, value: "arn:aws:a"}
                    - {name: TOKEN_AUDIENCE, value: scoring}
                    - {name: THIRD_PASSWORD, valueFrom: {secretKeyRef: {name: a, key: b}}}
                """))
        .contains("kind: FlinkDeployment");
  }

  /** One by delegation token, and one that names the server of its tokens. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.ScramLoginModule required username=\"tokenID1\" password=\"%s\" tokenauth=\"true\";",
        "a.OAuthBearerLoginModule required oauth.client.secret=\"%s\""
            + " oauth.token.endpoint.uri=\"https://idp/token\" oauth.access.token.is.jwt=\"false\";"
      })
  void aLoginWithOtherTokensHasOneSecret(String login) throws Exception {
    String values =
        "job: {kafka: {consumer-properties: {sasl.jaas.config: '%s'}}}".formatted(login);
    assertThat(answer(values.formatted("${env:SECRET}"))).contains("kind: FlinkDeployment");
    assertThat(answer(values.formatted("not-for-all"))).contains("stands in plain text");
  }
}
