package io.flinkinference.connectors;

import static io.flinkinference.connectors.Samples.utf8;
import static org.apache.kafka.common.security.auth.SecurityProtocol.SASL_PLAINTEXT;
import static org.apache.kafka.common.security.auth.SecurityProtocol.SASL_SSL;
import static org.apache.kafka.common.security.auth.SecurityProtocol.SSL;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.connectors.client.KafkaOAuth;
import io.flinkinference.connectors.client.KafkaSecurity;
import io.flinkinference.connectors.client.KeyFile;
import io.flinkinference.connectors.client.Tls;
import io.flinkinference.connectors.testing.LogWatch;
import io.flinkinference.connectors.testing.TokenServer;
import io.flinkinference.local.BrokerSecurity;
import io.flinkinference.local.LocalCertificates;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalTopics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.JobID;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Jobs that show a real broker who they are, in each way, with no more rights than docs/kafka.md
 * names, and jobs that lack one of them. Whatever happens, no secret is to be seen.
 */
@Timeout(240)
class SecureKafkaITCase {

  private static final int TEXTS = 20;
  private static final String STORE_SECRET = "hush-store";
  private static final String PASSWORD = "with\"quotes\\;hush-scram";
  private static final String PLAIN_PASSWORD = "hush-plain";
  private static final String TOKEN_SECRET = "hush-token";
  private static final String WRONG = "hush-wrong";
  // What all of them have in them, and no way to quote them changes; one as OAuth sends it; and
  // tokens.
  private static final List<String> SECRETS =
      List.of("hush-", base64("token-job:" + TOKEN_SECRET), TokenServer.TOKENS_BEGIN);

  @TempDir private static Path directory;

  private static LogWatch logs;
  private static TokenServer tokens;
  private static LocalCertificates certificates;
  private static LocalKafka kafka;
  private static JobCluster cluster;
  private static LocalTopics topics;

  @BeforeAll
  static void start() throws Exception {
    logs = LogWatch.begin(SECRETS);
    certificates = LocalCertificates.make(directory, STORE_SECRET);
    tokens = TokenServer.start("token-job", TOKEN_SECRET, BrokerSecurity.TOKEN_AUDIENCE);
    Map<String, String> users = new HashMap<>();
    users.put("scoring", PASSWORD);
    users.put("plain", PLAIN_PASSWORD);
    for (Rights right : Rights.values()) {
      users.put(without(right), PASSWORD);
    }
    kafka =
        LocalKafka.start(
            new BrokerSecurity(certificates, users, tokens.writeKey(directory.resolve("jwks"))));
    topics = new LocalTopics(kafka.bootstrapServers());
    for (String topic : List.of("texts", "scored", "dead-letters")) {
      kafka.createTopic(topic, 1);
    }
    try (Admin admin = kafka.admin()) {
      for (String user : List.of("scoring", "plain", "token-job", LocalCertificates.CLIENT)) {
        Rights.give(admin, "User:" + user, null);
      }
      for (Rights right : Rights.values()) {
        Rights.give(admin, "User:" + without(right), right);
      }
    }
    topics.write(texts());
    cluster = JobCluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      assertThat(logs.read()).as("lines of log that were read").isGreaterThan(1_000);
    } finally {
      IOUtils.closeAll(cluster, kafka, tokens, logs);
    }
  }

  @AfterEach
  void noSecretIsInTheLog() {
    assertThat(logs.found()).isEmpty();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(utf8(text));
  }

  private static String without(Rights right) {
    return "without-" + right.name().toLowerCase(Locale.ROOT);
  }

  private static List<ProducerRecord<byte[], byte[]>> texts() {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      records.add(new ProducerRecord<>("texts", utf8("text " + i)));
    }
    records.add(new ProducerRecord<>("texts", utf8("tombstone"), null));
    return records;
  }

  private static Tls trusting() {
    return Tls.DEFAULT.trusting(KeyFile.store(certificates.trustStore().toString(), STORE_SECRET));
  }

  @Test
  void scramOverTlsWorksWithTheRightsThatAreDocumented() throws Exception {
    assertScores(SASL_SSL, KafkaSecurity.scramSha512("scoring", PASSWORD).overTls(trusting()));
  }

  @Test
  void scramWorksWithTheOtherHashAndWithoutTls() throws Exception {
    assertScores(SASL_PLAINTEXT, KafkaSecurity.scramSha256("scoring", PASSWORD));
  }

  @Test
  void plainWorksOverTlsThatTrustsAPemFile() throws Exception {
    Tls tls = Tls.DEFAULT.trusting(KeyFile.pem(certificates.trustPem().toString()));
    assertScores(SASL_SSL, KafkaSecurity.plain("plain", PLAIN_PASSWORD).overTls(tls));
  }

  @Test
  void certificateInAStoreSaysWhoItIs() throws Exception {
    KeyFile client = KeyFile.store(certificates.clientStore().toString(), STORE_SECRET);
    assertScores(SSL, KafkaSecurity.tls(trusting().presenting(client)));
  }

  @Test
  void certificateInAPemFileSaysWhoItIs() throws Exception {
    KeyFile client = KeyFile.pem(certificates.clientPem().toString());
    assertScores(SSL, KafkaSecurity.tls(trusting().presenting(client)));
  }

  @Test
  void tokenSaysWhoItIs() throws Exception {
    System.setProperty(KafkaOAuth.ALLOWED_URLS, tokens.url());
    try {
      assertScores(SASL_SSL, oauth(TOKEN_SECRET).overTls(trusting()));
      assertFails(SASL_SSL, oauth(WRONG).overTls(trusting()), "401");
    } finally {
      System.clearProperty(KafkaOAuth.ALLOWED_URLS);
    }
  }

  @Test
  void tokenServerThatIsNotAllowedIsNamedWithTheCure() throws Exception {
    assertFails(
        SASL_SSL, oauth(TOKEN_SECRET).overTls(trusting()), KafkaOAuth.ALLOWED_URLS, tokens.url());
  }

  private static KafkaSecurity oauth(String secret) {
    return KafkaSecurity.oauthBearer(
        KafkaOAuth.clientCredentials(tokens.url(), "token-job", secret).scope("kafka"));
  }

  @Test
  void wrongPasswordIsToldAndNotShown() throws Exception {
    assertFails(
        SASL_SSL,
        KafkaSecurity.scramSha512("scoring", WRONG).overTls(trusting()),
        "Kafka does not let the job in",
        "SCRAM-SHA-512 user 'scoring' over TLS",
        "invalid credentials");
  }

  @Test
  void storeThatCannotBeOpenedIsNamed() throws Exception {
    KeyFile store = KeyFile.store(certificates.trustStore().toString(), WRONG);
    assertFails(
        SASL_SSL,
        KafkaSecurity.scramSha512("scoring", PASSWORD).overTls(Tls.DEFAULT.trusting(store)),
        certificates.trustStore().toString());
  }

  @ParameterizedTest
  @EnumSource
  void rightThatIsMissingIsNamed(Rights missing) throws Exception {
    String complaint =
        switch (missing) {
          case READ_TEXTS -> "may not read topic 'texts'; allow READ";
          case USE_GROUP -> "may not commit offsets in group 'scoring'; allow READ";
          case WRITE_SCORED -> "may not write topic 'scored'; allow WRITE";
          case WRITE_DEAD -> "may not write topic 'dead-letters'; allow WRITE";
          case USE_IDS -> "transactional ids that begin with 'scoring/";
        };
    assertFails(
        SASL_SSL,
        KafkaSecurity.scramSha512(without(missing), PASSWORD).overTls(trusting()),
        "SCRAM-SHA-512 user '" + without(missing) + "' over TLS may not",
        complaint);
  }

  private static ScoringJob job(SecurityProtocol protocol, KafkaSecurity security) {
    String servers = kafka.bootstrapServers(protocol);
    KafkaTexts source =
        KafkaTexts.source(servers, "texts")
            .startingAtEarliest()
            .boundedAt(
                OffsetsInitializer.offsets(Map.of(new TopicPartition("texts", 0), TEXTS + 1L)));
    return new ScoringJob(source, servers, "scoring").security(security);
  }

  private static void assertScores(SecurityProtocol protocol, KafkaSecurity security)
      throws Exception {
    int scored = topics.committed("scored").size();
    int dead = topics.committed("dead-letters").size();

    JobResult result = run(job(protocol, security));

    assertThat(result.isSuccess()).as("%s", result.getSerializedThrowable()).isTrue();
    assertThat(topics.committed("scored")).hasSize(scored + TEXTS);
    assertThat(topics.committed("dead-letters")).hasSize(dead + 1);
  }

  private static void assertFails(SecurityProtocol protocol, KafkaSecurity security, String... said)
      throws Exception {
    JobResult result = run(job(protocol, security));

    Throwable failure =
        result
            .getSerializedThrowable()
            .orElseThrow()
            .deserializeError(SecureKafkaITCase.class.getClassLoader());
    String all = ExceptionUtils.stringifyException(failure);
    assertThat(all).contains(said).doesNotContain(SECRETS);
  }

  /** Runs a job to its end, and looks for secrets in all that is to be seen of it. */
  private static JobResult run(ScoringJob job) throws Exception {
    MadeUpScores.seen = new CountDownLatch(TEXTS);
    StreamExecutionEnvironment env = ScoringJob.environment();
    job.build(env);
    assertThat(env.getStreamGraph(false).getStreamingPlanAsJSON())
        .contains("scored")
        .doesNotContain(SECRETS);
    JobID id = cluster.submit(env);
    JobResult result = cluster.result(id);
    cluster.web(id).forEach((path, said) -> assertThat(said).as(path).doesNotContain(SECRETS));
    return result;
  }
}
