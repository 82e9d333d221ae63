package io.flinkinference.examples.job;

import io.flinkinference.connectors.client.KafkaSecurity;
import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Settings;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Settings of Kafka and Flink that a job's file has keys for: two places would say different
 * things, and one would lose unseen.
 */
final class OwnedSettings {

  private static final Map<String, String> CONSUMER =
      Map.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
          "kafka.bootstrap-servers",
          ConsumerConfig.GROUP_ID_CONFIG,
          "source.group",
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          "source.start",
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          "source.format",
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          "source.format",
          KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
          "source.discovery-interval");

  private static final Map<String, String> PRODUCER =
      Map.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "kafka.bootstrap-servers",
          ProducerConfig.ACKS_CONFIG, "delivery.guarantee",
          ProducerConfig.TRANSACTIONAL_ID_CONFIG, "delivery.transactional-id-prefix",
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "delivery.transaction-timeout",
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "output.keep-key",
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "output.format");

  private static final Map<String, String> FLINK =
      Map.of(
          PipelineOptions.NAME.key(),
          "name",
          CoreOptions.DEFAULT_PARALLELISM.key(),
          "parallelism",
          CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
          "checkpoints.interval",
          CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
          "checkpoints.directory",
          "state.checkpoints.dir",
          "checkpoints.directory");

  private OwnedSettings() {}

  static void checkKafka(Settings kafka, Problems problems) {
    check(kafka, KafkaSection.CONSUMER, CONSUMER, problems);
    check(kafka, KafkaSection.PRODUCER, PRODUCER, problems);
    if (kafka.has(KafkaSection.SECURITY)) {
      checkSecurity(kafka, KafkaSection.CONSUMER, problems);
      checkSecurity(kafka, KafkaSection.PRODUCER, problems);
    }
  }

  static void checkFlink(Settings job, Problems problems) {
    check(job, JobFile.FLINK, FLINK, problems);
  }

  private static void check(
      Settings section,
      Key<Map<String, String>> key,
      Map<String, String> owned,
      Problems problems) {
    for (String name : section.find(key).orElse(Map.of()).keySet()) {
      Optional.ofNullable(owned.get(name))
          .ifPresent(instead -> refuse(section, key, name, instead, problems));
    }
  }

  private static void checkSecurity(
      Settings kafka, Key<Map<String, String>> key, Problems problems) {
    for (String name : kafka.find(key).orElse(Map.of()).keySet()) {
      if (KafkaSecurity.owns(name)) {
        refuse(kafka, key, name, "kafka.security", problems);
      }
    }
  }

  private static void refuse(
      Settings section,
      Key<Map<String, String>> key,
      String name,
      String instead,
      Problems problems) {
    problems.add(
        section.entry(key, name).line(),
        "%s sets %s, for which there is %s. Set that instead."
            .formatted(section.path(key), name, instead));
  }
}
