package io.flinkinference.connectors;

import static org.apache.kafka.common.security.auth.SecurityProtocol.SASL_PLAINTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.check.CheckedSerializer;
import io.flinkinference.connectors.check.CheckedTopics;
import io.flinkinference.connectors.check.KafkaSetupException;
import io.flinkinference.connectors.client.KafkaSecurity;
import io.flinkinference.connectors.testing.LogWatch;
import io.flinkinference.local.BrokerSecurity;
import io.flinkinference.local.LocalCertificates;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.result.UnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.DefaultKafkaSinkContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class KafkaChecksITCase {

  private static final String PASSWORD = "pw7361";

  @TempDir private static Path directory;

  private static LocalKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> users = Map.of("scoring", PASSWORD, "nothing", PASSWORD);
    LocalCertificates certificates = LocalCertificates.make(directory, "storepw");
    kafka = LocalKafka.start(new BrokerSecurity(certificates, users, null));
    for (String topic : List.of("texts", "scored", "dead-letters")) {
      kafka.createTopic(topic, 1);
    }
    try (Admin admin = kafka.admin()) {
      Rights.give(admin, "User:scoring", null);
    }
  }

  @AfterAll
  static void stop() {
    IOUtils.closeQuietly(kafka);
  }

  private static ScoringJob job() {
    return job(kafka.bootstrapServers());
  }

  private static ScoringJob job(String servers) {
    return new ScoringJob(KafkaTexts.source(servers, "texts"), servers, "scoring");
  }

  private static ScoringJob jobOf(String user) {
    return job(kafka.bootstrapServers(SASL_PLAINTEXT))
        .security(KafkaSecurity.scramSha512(user, PASSWORD));
  }

  private static KafkaChecks checks(ScoringJob job) {
    return KafkaChecks.of(ScoringJob.environment())
        .source(job.texts)
        .sink(job.scored)
        .sink(job.dead);
  }

  @Test
  void nothingIsSaidWhereAllIsWell() {
    assertThatCode(() -> checks(job()).run()).doesNotThrowAnyException();
  }

  @Test
  void allThatIsMissingIsToldAtOnceWithItsCure() {
    assertThatThrownBy(() -> checks(jobOf("nothing")).run())
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("Kafka is not ready for this job:")
        .hasMessageContaining("- SCRAM-SHA-512 user 'nothing' without TLS may not read topic")
        .hasMessageContaining("may not commit offsets in group 'scoring'; allow READ on it")
        .hasMessageContaining("may not write topic 'scored'; allow WRITE on it")
        .hasMessageContaining("may not write topic 'dead-letters'")
        .hasMessageContaining("allow WRITE on all transactional ids")
        .hasMessageContaining("'scoring/dead-letters-'")
        .hasMessageNotContaining(PASSWORD);
  }

  @Test
  void jobThatReadsWhatItWritesIsRefusedButNotAChainOfTwo() {
    String servers = kafka.bootstrapServers();
    var dead = DeadLetters.sink(servers, "dead-letters").atLeastOnce();
    KafkaChecks checks =
        KafkaChecks.of(ScoringJob.environment())
            .source(KafkaTexts.source(servers, "dead-letters").groupId("g"))
            .sink(dead);
    assertThatThrownBy(checks::runWithoutKafka)
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("writes what the source reads");
    assertThatCode(() -> checks.source(KafkaTexts.source(servers, "texts").groupId("g")).run())
        .doesNotThrowAnyException();
  }

  @Test
  void missingTopicsAreNamed() {
    String servers = kafka.bootstrapServers();
    assertThatThrownBy(
            () ->
                KafkaChecks.of(ScoringJob.environment())
                    .source(KafkaTexts.source(servers, "texts", "nowhere").groupId("g"))
                    .sink(DeadLetters.sink(servers, "no-dead").atLeastOnce())
                    .run())
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("- Kafka has no topic 'nowhere'; create it.")
        .hasMessageContaining("- Kafka has no topic 'no-dead'; create it.");
  }

  @Test
  void transactionsThatLastLongerThanTheBrokerAllowsAreRefused() {
    ScoringJob job = job();
    job.scored.transactionTimeout(Duration.ofHours(1));
    assertThatThrownBy(() -> checks(job).run())
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("sink of topic 'scored' is PT1H, but broker 1 allows PT15M")
        .hasMessageContaining("transaction.max.timeout.ms=900000");
  }

  @Test
  void transactionsThatEndBeforeTheNextCheckpointAreRefused() {
    StreamExecutionEnvironment env = ScoringJob.environment().enableCheckpointing(900_000);
    assertThatThrownBy(() -> KafkaChecks.of(env).sink(job().dead).run())
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("sink of topic 'dead-letters' is PT15M")
        .hasMessageContaining("only every PT15M")
        .hasMessageContaining("at least PT16M");
  }

  @Test
  void exactlyOnceWithoutCheckpointsIsRefused() {
    StreamExecutionEnvironment batch = ScoringJob.environment().enableCheckpointing(1_000);
    batch.setRuntimeMode(RuntimeExecutionMode.BATCH);
    assertThatThrownBy(() -> KafkaChecks.of(batch).sink(job().dead).run())
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("checkpoints are off");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    assertThatThrownBy(() -> KafkaChecks.of(env).sink(job().dead).run())
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("checkpoints are off")
        .hasMessageContaining("call atLeastOnce()");
    assertThatCode(() -> KafkaChecks.of(env).sink(job().dead.atLeastOnce()).run())
        .doesNotThrowAnyException();
  }

  @Test
  void exactlyOnceWithCheckpointsThatAreNotIsRefused() {
    StreamExecutionEnvironment env =
        ScoringJob.environment().enableCheckpointing(1_000, CheckpointingMode.AT_LEAST_ONCE);
    assertThatThrownBy(() -> KafkaChecks.of(env).sink(job().dead).runWithoutKafka())
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("set the mode to EXACTLY_ONCE");
    assertThatCode(() -> KafkaChecks.of(env).sink(job().dead.atLeastOnce()).run())
        .doesNotThrowAnyException();
  }

  @Test
  void limitThatMayNotBeSeenIsAWarning() {
    try (LogWatch logs = LogWatch.begin(List.of("(DESCRIBE_CONFIGS on the cluster)"))) {
      checks(jobOf("scoring")).run();

      assertThat(logs.found())
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).contains("the transaction timeout", "PT15M"));
    }
  }

  @Test
  void patternThatMatchesNothingYetIsAWarning() {
    Pattern names = Pattern.compile("none-.*");
    try (LogWatch logs = LogWatch.begin(List.of("waits for one"))) {
      KafkaChecks.of(ScoringJob.environment())
          .source(KafkaTexts.sourceMatching(kafka.bootstrapServers(), names).groupId("g"))
          .run();

      assertThat(logs.found()).hasSize(1).first().asString().contains("'none-.*'");
    }
  }

  @Test
  void brokersThatDoNotAnswerAreNoFaultOfTheSettings() {
    ScoringJob job = job("127.0.0.1:1"); // Nobody listens there.
    job.texts.property("default.api.timeout.ms", "500").property("request.timeout.ms", "500");
    assertThatThrownBy(() -> KafkaChecks.of(ScoringJob.environment()).source(job.texts).run())
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void serializerThatIsOpenedTwiceIsOpenedOnce() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    KafkaRecordSerializationSchema<String> counting =
        new KafkaRecordSerializationSchema<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public void open(InitializationContext context, KafkaSinkContext sink) {
            opened.incrementAndGet();
          }

          @Override
          public ProducerRecord<byte[], byte[]> serialize(
              String element, KafkaSinkContext sink, Long timestamp) {
            return null;
          }
        };
    var checked = new CheckedSerializer<>(counting, job().scored.check());
    KafkaSinkContext subtask = new DefaultKafkaSinkContext(0, 1, new Properties());
    checked.open(null, subtask);
    checked.open(null, subtask);
    assertThat(opened).hasValue(1);
  }

  @Test
  void sourceLooksAgainWhenItsEnumeratorStartsAgain() throws Exception {
    kafka.createTopic("passing", 1);
    CheckedTopics topics =
        new CheckedTopics(
            KafkaTexts.source(kafka.bootstrapServers(), "passing").groupId("g").check());
    try (Admin first = kafka.admin();
        Admin second = kafka.admin()) {
      assertThat(topics.getSubscribedTopicPartitions((AdminClient) first)).hasSize(1);
      first.deleteTopics(List.of("passing")).all().get();
      assertThatThrownBy(() -> topics.getSubscribedTopicPartitions((AdminClient) first))
          .as("the connector's own words")
          .isNotInstanceOf(KafkaSetupException.class);
      assertThatThrownBy(() -> topics.getSubscribedTopicPartitions((AdminClient) second))
          .isInstanceOf(KafkaSetupException.class)
          .hasMessageContaining("Kafka has no topic 'passing'; create it.");
    }
  }

  @Test
  void jobTellsOfTheLimitWhenItStarts() throws Exception {
    ScoringJob visible = job();
    visible.scored.transactionTimeout(Duration.ofHours(1));
    // Where the limit may not be seen, the broker itself refuses.
    ScoringJob hidden = jobOf("scoring");
    hidden.scored.transactionTimeout(Duration.ofHours(1));
    try (JobCluster cluster = JobCluster.start()) {
      assertThat(failure(cluster, visible)).contains("but broker 1 allows PT15M");
      assertThat(failure(cluster, hidden))
          .contains("larger than the maximum value allowed by the broker")
          .contains("transaction.max.timeout.ms");
    }
  }

  private static String failure(JobCluster cluster, ScoringJob job) throws Exception {
    StreamExecutionEnvironment env = ScoringJob.environment();
    job.build(env);
    JobResult result = cluster.result(cluster.submit(env));
    return ExceptionUtils.stringifyException(
        result
            .getSerializedThrowable()
            .orElseThrow()
            .deserializeError(KafkaChecksITCase.class.getClassLoader()));
  }
}
