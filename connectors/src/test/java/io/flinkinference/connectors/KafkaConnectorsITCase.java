package io.flinkinference.connectors;

import static io.flinkinference.connectors.Samples.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalTopics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Moves texts from topic to topic through a real broker and a real Flink cluster that fails on the
 * way.
 */
@Timeout(180)
class KafkaConnectorsITCase {

  private static final int HALF = 500;
  private static final int ALL = 2 * HALF;
  private static final long FAIL_FROM_OFFSET = HALF / 2 + 50;
  private static final long FIRST_TIMESTAMP = System.currentTimeMillis() - 60_000;

  private static LocalKafka kafka;
  private static MiniCluster cluster;
  private static LocalTopics topics;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start();
    topics = new LocalTopics(kafka.bootstrapServers());
    kafka.createTopic("texts", 2);
    kafka.createTopic("scored", 2);
    kafka.createTopic("dead-letters", 1);
    Configuration config = new Configuration();
    config.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(config)
                .withRandomPorts()
                .setNumSlotsPerTaskManager(2)
                .build());
    cluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      if (cluster != null) {
        cluster.close();
      }
    } finally {
      kafka.close();
    }
  }

  @Test
  void eachRecordArrivesOnceThoughTheJobFailsBetweenCheckpoints() throws Exception {
    MadeUpScores.seen = new CountDownLatch(HALF);
    topics.write(inputs(0, HALF));
    JobID job = submit();
    assertThat(MadeUpScores.seen.await(60, TimeUnit.SECONDS)).isTrue();
    cluster.triggerCheckpoint(job, CheckpointType.FULL).get();

    // The second half, and what must be replayed of it.
    MadeUpScores.seen = new CountDownLatch(HALF + MadeUpScores.LOST_AT_LEAST);
    topics.write(inputs(HALF, ALL));

    JobResult result = cluster.requestJobResult(job).get();
    assertThat(result.isSuccess()).as("%s", result.getSerializedThrowable()).isTrue();
    assertThat(MadeUpScores.seen.getCount()).as("nothing was replayed").isZero();
    checkScored(topics.committed("scored"));
    checkDeadLetters(topics.committed("dead-letters"));
    checkTransactions();
  }

  private static JobID submit() throws Exception {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    var env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    env.setParallelism(2);
    Source<KafkaText, ?, ?> source =
        KafkaTexts.source(kafka.bootstrapServers(), "texts")
            .groupId("it")
            .boundedAt(
                OffsetsInitializer.offsets(Map.of(partition(0), ALL / 2L, partition(1), ALL / 2L)))
            .build();
    var scored =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "texts")
            .process(new MadeUpScores(FAIL_FROM_OFFSET))
            .returns(MadeUpScores.TYPE);
    scored
        .sinkTo(
            ScoredTexts.classifications(kafka.bootstrapServers(), "scored")
                .exactlyOnce("it")
                .includeText(true)
                .build())
        .name("scored");
    scored
        .getSideOutput(MadeUpScores.DEAD_LETTERS)
        .sinkTo(
            DeadLetters.sink(kafka.bootstrapServers(), "dead-letters").exactlyOnce("it").build())
        .name("dead-letters");
    return cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
  }

  private static TopicPartition partition(int partition) {
    return new TopicPartition("texts", partition);
  }

  /** Record i: text i, but no value at 13, 113, ... and bytes that are no text at 37, 137, ... */
  private static List<ProducerRecord<byte[], byte[]>> inputs(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                new ProducerRecord<>(
                    "texts",
                    i % 2,
                    FIRST_TIMESTAMP + i,
                    key(i),
                    value(i),
                    List.of(new RecordHeader("number", utf8("#" + i)))))
        .toList();
  }

  private static byte[] key(int i) {
    return i % 10 == 0 ? null : utf8("key " + i);
  }

  private static byte[] value(int i) {
    return switch (i % 100) {
      case 13 -> null;
      case 37 -> new byte[] {'a', (byte) 0xC3, '('};
      default -> utf8(text(i));
    };
  }

  private static String text(int i) {
    return "Größe " + i;
  }

  private static boolean isText(int i) {
    return i % 100 != 13 && i % 100 != 37;
  }

  private static void checkScored(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
    Map<Integer, ConsumerRecord<byte[], byte[]>> byNumber = byNumber(records);
    assertThat(byNumber.keySet())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, ALL).filter(KafkaConnectorsITCase::isText).boxed().toList());
    for (var entry : byNumber.entrySet()) {
      int i = entry.getKey();
      ConsumerRecord<byte[], byte[]> record = entry.getValue();
      assertThat(record.key()).isEqualTo(key(i));
      assertThat(record.timestamp()).isEqualTo(FIRST_TIMESTAMP + i);
      ScoredText value = ScoredText.getDecoder().decode(record.value());
      assertThat(value.getKey()).isEqualTo(key(i) == null ? null : ByteBuffer.wrap(key(i)));
      assertThat(value.getText()).isEqualTo(text(i));
      assertThat(value.getLabels().get(0).getLabel()).isEqualTo("length");
      assertThat(value.getLabels().get(0).getScore()).isEqualTo(text(i).length());
      assertThat(value.getEmbedding()).isNull();
      assertThat(value.getModel().getSha256()).isEqualTo(Samples.STAMP.sha256());
      assertThat(value.getOrigin().getTopic()).isEqualTo("texts");
      assertThat(value.getOrigin().getPartition()).isEqualTo(i % 2);
      assertThat(value.getOrigin().getOffset()).isEqualTo(i / 2);
      assertThat(value.getOrigin().getTimestamp())
          .isEqualTo(Instant.ofEpochMilli(FIRST_TIMESTAMP + i));
    }
  }

  private static void checkDeadLetters(List<ConsumerRecord<byte[], byte[]>> records)
      throws IOException {
    Map<Integer, ConsumerRecord<byte[], byte[]>> byNumber = byNumber(records);
    assertThat(byNumber).hasSize(ALL / 50);
    for (var entry : byNumber.entrySet()) {
      int i = entry.getKey();
      DeadLetter value = DeadLetter.getDecoder().decode(entry.getValue().value());
      assertThat(entry.getValue().key()).isEqualTo(key(i));
      assertThat(value.getReason()).isEqualTo(i % 100 == 13 ? "NULL_TEXT" : "UNDECODABLE");
      assertThat(value.getValue()).isEqualTo(value(i) == null ? null : ByteBuffer.wrap(value(i)));
      assertThat(value.getMessage()).contains("texts-" + i % 2 + " offset " + i / 2);
      assertThat(value.getOrigin().getOffset()).isEqualTo(i / 2);
    }
  }

  /** Records by the number in their header; a number that comes twice fails. */
  private static Map<Integer, ConsumerRecord<byte[], byte[]>> byNumber(
      List<ConsumerRecord<byte[], byte[]>> records) {
    Map<Integer, ConsumerRecord<byte[], byte[]>> byNumber = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      String number = new String(record.headers().lastHeader("number").value(), UTF_8);
      assertThat(record.headers().headers("number")).hasSize(1);
      assertThat(byNumber.put(Integer.parseInt(number.substring(1)), record))
          .as("record %s came twice", number)
          .isNull();
    }
    return byNumber;
  }

  private static void checkTransactions() throws Exception {
    Map<String, TransactionDescription> begun;
    try (Admin admin = kafka.admin()) {
      List<String> ids =
          admin.listTransactions().all().get().stream()
              .map(TransactionListing::transactionalId)
              .toList();
      begun = admin.describeTransactions(ids).all().get();
    }
    assertThat(begun)
        .isNotEmpty()
        .allSatisfy(
            (id, transaction) -> {
              assertThat(id).matches("it/(scored|dead-letters)-.*");
              assertThat(transaction.transactionTimeoutMs()).isEqualTo(900_000);
            });
  }
}
