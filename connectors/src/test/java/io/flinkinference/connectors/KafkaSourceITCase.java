package io.flinkinference.connectors;

import static io.flinkinference.connectors.Samples.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.local.LocalKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Topics and partitions that a job finds only after it has started. */
@Timeout(180)
class KafkaSourceITCase {

  private static final int TEXTS = 100;
  private static final Duration SOON = Duration.ofMillis(200);

  private static LocalKafka kafka;
  private static JobCluster cluster;
  private static Topics topics;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start();
    topics = new Topics(kafka.bootstrapServers());
    kafka.createTopic("scored", 1);
    kafka.createTopic("dead-letters", 1);
    cluster = JobCluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    IOUtils.closeAll(cluster, kafka);
  }

  @Test
  void topicThatAppearsLateIsReadFromItsBeginning() throws Exception {
    kafka.createTopic("pattern-early", 1);
    JobID job =
        submit(
            KafkaTexts.sourceMatching(kafka.bootstrapServers(), Pattern.compile("pattern-.*"))
                .partitionDiscovery(SOON)
                .startingAtLatest(),
            ScoringJob.environment());
    writeUntilTheJobReads("pattern-early");

    kafka.createTopic("not-the-pattern", 1);
    topics.write(texts("not-the-pattern", 0));
    kafka.createTopic("pattern-late", 1);
    topics.write(texts("pattern-late", 0));

    awaitScored("pattern-late");
    assertThat(scored("not-the-pattern")).isEmpty();
    cluster.cancel(job);
  }

  @Test
  void partitionsAddedAreReadFromTheirBeginning() throws Exception {
    kafka.createTopic("grows", 1);
    kafka.createTopic("grows-not", 1);
    JobID job =
        submit(
            KafkaTexts.source(kafka.bootstrapServers(), "grows", "grows-not")
                .partitionDiscovery(SOON)
                .startingAtLatest(),
            ScoringJob.environment());
    writeUntilTheJobReads("grows");

    try (Admin admin = kafka.admin()) {
      admin.createPartitions(Map.of("grows", NewPartitions.increaseTo(2))).all().get();
    }
    topics.write(texts("grows", 1));

    awaitScored("grows");
    cluster.cancel(job);
  }

  @Test
  void topicThatIsMissingFailsTheJobByNameUntilItIsThere() throws Exception {
    JobID job =
        submit(KafkaTexts.source(kafka.bootstrapServers(), "missing-yet"), ScoringJob.stubborn());
    while (!cluster.failures(job).contains("Kafka has no topic 'missing-yet'; create it.")) {
      TimeUnit.MILLISECONDS.sleep(50); // Until the job has failed for the first time.
    }

    kafka.createTopic("missing-yet", 1);
    topics.write(texts("missing-yet", 0));

    awaitScored("missing-yet");
    cluster.cancel(job);
  }

  @Test
  void boundedSourceOfNoTopicEnds() throws Exception {
    JobID job =
        submit(
            KafkaTexts.sourceMatching(kafka.bootstrapServers(), Pattern.compile("none-.*"))
                .boundedAt(OffsetsInitializer.latest()),
            ScoringJob.environment());

    assertThat(cluster.result(job).isSuccess()).isTrue();
  }

  private static JobID submit(KafkaTexts texts, StreamExecutionEnvironment env) throws Exception {
    MadeUpScores.seen = new CountDownLatch(1);
    new ScoringJob(texts, kafka.bootstrapServers(), "source-it").build(env);
    return cluster.submit(env);
  }

  /** A job that starts behind what is there has begun to read when it sees one of these. */
  private static void writeUntilTheJobReads(String topic) throws Exception {
    do {
      topics.write(List.of(new ProducerRecord<>(topic, utf8("sign"), utf8("Are you there?"))));
    } while (!MadeUpScores.seen.await(200, TimeUnit.MILLISECONDS));
  }

  private static List<ProducerRecord<byte[], byte[]>> texts(String topic, int partition) {
    return IntStream.range(0, TEXTS)
        .mapToObj(
            i -> new ProducerRecord<>(topic, partition, utf8(key(topic, i)), utf8("text " + i)))
        .toList();
  }

  private static String key(String topic, int i) {
    return topic + ":" + i;
  }

  /** Waits until each text is scored; none may be twice. */
  private static void awaitScored(String topic) throws Exception {
    List<String> keys = scored(topic);
    while (keys.size() < TEXTS) {
      TimeUnit.MILLISECONDS.sleep(50); // The next checkpoint brings more.
      keys = scored(topic);
    }
    assertThat(keys)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, TEXTS).mapToObj(i -> key(topic, i)).toList());
  }

  private static List<String> scored(String topic) {
    return topics.readCommitted("scored").stream()
        .map(record -> new String(record.key(), UTF_8))
        .filter(key -> key.startsWith(topic + ":"))
        .toList();
  }
}
