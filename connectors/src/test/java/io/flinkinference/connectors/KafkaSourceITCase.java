package io.flinkinference.connectors;

import static io.flinkinference.connectors.Samples.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Topics and partitions that a job finds only after it has started. */
@Timeout(180)
class KafkaSourceITCase {

  private static final int TEXTS = 100;
  private static final Duration SOON = Duration.ofMillis(200);

  private static LocalKafka kafka;
  private static JobCluster cluster;
  private static LocalTopics topics;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start();
    topics = new LocalTopics(kafka.bootstrapServers());
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

  /** Also where the group has come further meanwhile. */
  @Test
  void partitionWithoutNewRecordsGoesOnWhereItWas(@TempDir Path savepoints) throws Exception {
    kafka.createTopic("idle", 2);
    topics.write(texts("idle", 0, "old-0"));
    topics.write(texts("idle", 1, "old-1"));
    commit(Map.of(0, TEXTS, 1, TEXTS));
    JobID job =
        submit(KafkaTexts.source(kafka.bootstrapServers(), "idle"), ScoringJob.environment());
    topics.write(texts("idle", 0, "new"));
    awaitScored("new");
    String savepoint = cluster.stop(job, savepoints);

    topics.write(texts("idle", 1, "later"));
    commit(Map.of(1, 2 * TEXTS)); // Somebody reads on in the group's name.
    Configuration from = new Configuration();
    from.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    StreamExecutionEnvironment env = ScoringJob.environment();
    env.configure(from);
    JobID restored = submit(KafkaTexts.source(kafka.bootstrapServers(), "idle"), env);

    awaitScored("later");
    assertThat(scored("old-0")).isEmpty();
    assertThat(scored("old-1")).isEmpty();
    cluster.cancel(restored);
  }

  /** Sets the group's offsets, by partition. */
  private static void commit(Map<Integer, Integer> offsets) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
    offsets.forEach(
        (partition, offset) ->
            all.put(new TopicPartition("idle", partition), new OffsetAndMetadata(offset)));
    try (Admin admin = kafka.admin()) {
      admin.alterConsumerGroupOffsets("scoring", all).all().get();
    }
  }

  /** So that the next job goes on behind it. */
  @Test
  void groupIsAtTheEndWhenABoundedJobHasEnded() throws Exception {
    kafka.createTopic("ends", 3);
    topics.write(texts("ends", 0));
    topics.write(texts("ends", 1, "more"));

    for (int run = 0; run < 3; run++) {
      JobID job =
          submit(
              KafkaTexts.source(kafka.bootstrapServers(), "ends")
                  .boundedAt(OffsetsInitializer.latest()),
              ScoringJob.environment());

      assertThat(cluster.result(job).isSuccess()).isTrue();
      assertThat(committed("ends")).isEqualTo(Map.of(0, (long) TEXTS, 1, (long) TEXTS, 2, 0L));
    }
    assertThat(scored("ends")).hasSize(TEXTS);
    assertThat(scored("more")).hasSize(TEXTS);
  }

  private static Map<Integer, Long> committed(String topic) throws Exception {
    Map<Integer, Long> offsets = new HashMap<>();
    try (Admin admin = kafka.admin()) {
      admin
          .listConsumerGroupOffsets("scoring")
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, offset) -> {
                if (partition.topic().equals(topic)) {
                  offsets.put(partition.partition(), offset.offset());
                }
              });
    }
    return offsets;
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
    return texts(topic, partition, topic);
  }

  /**
   * @param name begins their keys
   */
  private static List<ProducerRecord<byte[], byte[]>> texts(
      String topic, int partition, String name) {
    return IntStream.range(0, TEXTS)
        .mapToObj(
            i -> new ProducerRecord<>(topic, partition, utf8(key(name, i)), utf8("text " + i)))
        .toList();
  }

  private static String key(String name, int i) {
    return name + ":" + i;
  }

  /** Waits until each text of a name is scored; none may be twice. */
  private static void awaitScored(String name) throws Exception {
    List<String> keys = scored(name);
    while (keys.size() < TEXTS) {
      TimeUnit.MILLISECONDS.sleep(50); // The next checkpoint brings more.
      keys = scored(name);
    }
    assertThat(keys)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, TEXTS).mapToObj(i -> key(name, i)).toList());
  }

  private static List<String> scored(String name) {
    return topics.committed("scored").stream()
        .map(record -> new String(record.key(), UTF_8))
        .filter(key -> key.startsWith(name + ":"))
        .toList();
  }
}
