package io.flinkinference.examples.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.check.KafkaSetupException;
import io.flinkinference.examples.file.Placeholders;
import io.flinkinference.local.BrokerSecurity;
import io.flinkinference.local.LocalCertificates;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalTopics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job's file against a broker that asks who comes, over TLS, and allows only what it must. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class SecureJobITCase {

  private static final String PASSWORD = "hush-pass;word";
  private static final String STORE_PASSWORD = "hush-store";

  @TempDir Path directory;

  private final StringWriter told = new StringWriter();
  private LocalCertificates certificates;

  @Test
  void aJobRunsAsItsUserAndIsToldWhatItMayNot() throws Exception {
    certificates = LocalCertificates.make(directory, STORE_PASSWORD);
    BrokerSecurity security =
        new BrokerSecurity(certificates, Map.of("scoring", PASSWORD, "other", PASSWORD), null);
    try (LocalKafka kafka = LocalKafka.start(security)) {
      for (String topic : List.of("texts", "scored", "dead")) {
        kafka.createTopic(topic, 1);
      }
      allow(kafka);
      LocalTopics topics = new LocalTopics(kafka.bootstrapServers());
      topics.write("texts", List.of("A good day.".getBytes(UTF_8), "Rain.".getBytes(UTF_8)));

      assertThatThrownBy(() -> run(kafka, "other"))
          .isInstanceOf(KafkaSetupException.class)
          .hasMessageContaining("SCRAM-SHA-512 user 'other' over TLS may not")
          .hasMessageNotContaining("hush");
      assertThatThrownBy(() -> checkAsAnApplication(kafka, "remote"))
          .isInstanceOf(KafkaSetupException.class);
      checkAsAnApplication(kafka, "embedded"); // Only logs it, or the job would end for good.
      assertThat(run(kafka, "scoring")).doesNotContain("hush");

      assertThat(topics.committed("scored")).hasSize(2);
    }
  }

  private String run(LocalKafka kafka, String user) throws Exception {
    JobSettings job = job(kafka, user);
    Path work = Files.createTempDirectory(directory, "work");
    new LocalRun(job, new PrintWriter(told)).run(work, false);
    return told + Explanation.of(job);
  }

  private void checkAsAnApplication(LocalKafka kafka, String target) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    ScoringPipeline pipeline = new ScoringPipeline(job(kafka, "other"));
    pipeline.build(env);
    Configuration configuration = new Configuration();
    configuration.set(DeploymentOptions.TARGET, target);
    ScoringApplication.askKafka(pipeline, env, configuration);
  }

  private JobSettings job(LocalKafka kafka, String user) throws Exception {
    Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    String file =
        """
        name: secure
        parallelism: 1
        kafka:
          bootstrap-servers: "%s"
          security:
            mechanism: scram-sha-512
            user: %s
            password: ${file:%s}
            tls: true
            trust-store: "%s"
            trust-store-password: ${env:STORE_PASSWORD}
        source: {topics: [texts], bounded: true}
        model: all-minilm-l6-v2
        inference: {batch.warm-up: false}
        task: {type: embedding}
        output: {topic: scored}
        dead-letters: {topic: dead}
        checkpoints: {interval: 500 ms, directory: "%s"}
        delivery: {guarantee: exactly-once}
        """
            .formatted(
                kafka.bootstrapServers(SecurityProtocol.SASL_SSL),
                user,
                password,
                certificates.trustStore(),
                directory.resolve("checkpoints"));
    return JobFile.read(
        "job.yaml", file, new Placeholders(Map.of("STORE_PASSWORD", STORE_PASSWORD)::get));
  }

  /** What docs/kafka.md says that a job needs. */
  private static void allow(LocalKafka kafka) throws Exception {
    try (Admin admin = kafka.admin()) {
      admin
          .createAcls(
              List.of(
                  allow(ResourceType.TOPIC, "texts", AclOperation.READ),
                  allow(ResourceType.GROUP, "secure", AclOperation.READ),
                  allow(ResourceType.TOPIC, "scored", AclOperation.WRITE),
                  allow(ResourceType.TOPIC, "dead", AclOperation.WRITE),
                  allow(ResourceType.TRANSACTIONAL_ID, "secure/", AclOperation.WRITE)))
          .all()
          .get();
    }
  }

  private static AclBinding allow(ResourceType type, String name, AclOperation operation) {
    PatternType pattern =
        type == ResourceType.TRANSACTIONAL_ID ? PatternType.PREFIXED : PatternType.LITERAL;
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry("User:scoring", "*", operation, AclPermissionType.ALLOW));
  }
}
