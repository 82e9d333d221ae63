package io.flinkinference.examples.job;

import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import java.util.Map;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.utils.Utils;

/** The section {@code kafka}: which brokers, and how to talk to them. */
final class KafkaSection {

  static final Key<String> SERVERS =
      Key.required(
          "bootstrap-servers",
          Shapes.text(
              "hosts with ports and commas between, such as kafka-1:9092,kafka-2:9092",
              KafkaSection::servers),
          "Brokers to ask first, such as kafka-1:9092,kafka-2:9092.");

  static final Key<Map<String, String>> CONSUMER =
      properties("consumer-properties", "the Kafka consumer of the source");

  static final Key<Map<String, String>> PRODUCER =
      properties("producer-properties", "the Kafka producers of results and dead letters");

  static final Key<Settings> SECURITY =
      Key.section("security", SecuritySection.SECTION, "Who the job is, and whether over TLS.");

  static final Key<Boolean> CHECK =
      Key.withDefault(
          "check-before-start",
          Shapes.flag(),
          true,
          "true",
          "Whether topics, rights and transactions are looked at before there is a job. Set it to"
              + " false where the machine that submits the job does not reach Kafka; source and sinks"
              + " look again in any case. Where the JobManager runs the program (application mode,"
              + " /jars/ID/run), what is missing is logged, and the job starts.");

  static final Section SECTION = Section.of(SERVERS, SECURITY, CHECK, CONSUMER, PRODUCER);

  private static final int MAX_PORT = 65_535;

  private KafkaSection() {}

  /** As Kafka's clients read them, who look at the first that does not suit only. */
  private static String servers(String text) {
    for (String server : text.split(",", -1)) {
      Integer port = Utils.getPort(server.strip());
      if (Utils.getHost(server.strip()) == null || port == null || port > MAX_PORT) {
        throw new IllegalArgumentException();
      }
    }
    return text;
  }

  private static Key<Map<String, String>> properties(String name, String client) {
    return Key.withDefault(
        name,
        Shapes.properties(KafkaSection::isSecret),
        Map.of(),
        "{}",
        "Further settings of "
            + client
            + ", by Kafka's own names. Those that this file has keys"
            + " for are refused.");
  }

  /** Whether Kafka itself would not show the value of a setting, or it sounds as if. */
  static boolean isSecret(String property) {
    return isPassword(property, ConsumerConfig.configDef())
        || isPassword(property, ProducerConfig.configDef())
        || GlobalConfiguration.isSensitive(property); // Of plug-ins, which Kafka does not know.
  }

  private static boolean isPassword(String property, ConfigDef definition) {
    ConfigDef.ConfigKey key = definition.configKeys().get(property);
    return key != null && key.type == ConfigDef.Type.PASSWORD;
  }
}
