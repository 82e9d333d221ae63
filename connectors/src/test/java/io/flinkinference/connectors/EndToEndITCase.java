package io.flinkinference.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.InferenceOptions;
import io.flinkinference.OutputMode;
import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.TextScorer;
import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Scored;
import io.flinkinference.runtime.ModelLeases;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real broker, a real model, a Flink cluster in this process, and failures in the middle. */
@Timeout(180)
class EndToEndITCase {

  private static final String MODEL = "all-minilm-l6-v2";
  private static final int GOOD = 900;
  private static final int PARTITIONS = 2;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(OutputMode.class)
  void afterFailuresBetweenCheckpointsEachRecordIsThereExactlyOnce(OutputMode mode)
      throws Exception {
    Map<String, String> texts = texts();
    FailTwice.FAILURES.set(0);
    try (LocalKafka kafka = LocalKafka.start()) {
      for (String topic : List.of("texts", "scored", "dead")) {
        kafka.createTopic(topic, PARTITIONS);
      }
      produce(kafka, texts);

      JobClient job = job(kafka, mode).executeAsync("end to end");
      Map<String, List<ScoredText>> scored = new HashMap<>();
      Map<String, List<DeadLetter>> dead = new HashMap<>();
      try (KafkaConsumer<byte[], byte[]> results = consumer(kafka, "scored");
          KafkaConsumer<byte[], byte[]> deadLetters = consumer(kafka, "dead")) {
        while (scored.size() + dead.size() < texts.size() + 2) {
          readScored(results, scored);
          readDead(deadLetters, dead);
        }
        job.cancel().get();
        job.getJobExecutionResult().handle((result, cancelled) -> null).get();
        // Whatever is there twice is there by now: no transaction is left open that could commit.
        readScored(results, scored);
        readDead(deadLetters, dead);
      }

      assertThat(FailTwice.FAILURES).as("failures injected").hasValue(2);
      assertThat(scored.keySet()).isEqualTo(texts.keySet());
      assertThat(scored.values()).allSatisfy(copies -> assertThat(copies).hasSize(1));
      assertThat(dead).containsOnlyKeys("null", "malformed");
      assertThat(dead.values()).allSatisfy(copies -> assertThat(copies).hasSize(1));
      assertThat(dead.get("null").get(0).getReason()).isEqualTo("NULL_TEXT");
      assertThat(dead.get("malformed").get(0).getReason()).isEqualTo("UNDECODABLE");
      assertSameAsWithoutFlink(texts, scored);
      assertThat(ModelLeases.SHARED.size()).as("models left in memory").isZero();
    }
  }

  private StreamExecutionEnvironment job(LocalKafka kafka, OutputMode mode) {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARTITIONS, config);
    DataStream<KafkaText> texts =
        env.fromSource(
            KafkaTexts.source(kafka.bootstrapServers(), "texts").groupId("end-to-end").build(),
            WatermarkStrategy.noWatermarks(),
            "texts");
    ScoredStream<KafkaText, Embedding> scored =
        TextInference.on(texts)
            .text(KafkaText::text)
            .model(MODEL)
            .option(InferenceOptions.WARM_UP, false)
            .option(InferenceOptions.MAX_RECORDS_IN_FLIGHT, 100)
            .task(Tasks.embedding())
            .outputMode(mode)
            .build();
    scored
        .results()
        .map(new FailTwice())
        .returns(scored.results().getType())
        .sinkTo(
            ScoredTexts.embeddings(kafka.bootstrapServers(), "scored")
                .includeText(true)
                .exactlyOnce("end-to-end")
                .build());
    scored
        .deadLetters()
        .sinkTo(
            DeadLetters.sink(kafka.bootstrapServers(), "dead").exactlyOnce("end-to-end").build());
    return env;
  }

  private static Map<String, String> texts() {
    Random random = new Random(9);
    List<String> words = List.of("the", "parliament", "votes", "on", "fish", "budgets", "today");
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < GOOD; i++) {
      StringBuilder text = new StringBuilder();
      for (int w = 1 + random.nextInt(random.nextInt(10) == 0 ? 120 : 15); w > 0; w--) {
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      texts.put("key-" + i, text.append(i).toString());
    }
    return texts;
  }

  private static void produce(LocalKafka kafka, Map<String, String> texts) throws Exception {
    Properties properties = new Properties();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      sent.add(producer.send(new ProducerRecord<>("texts", bytes("null"), null)));
      byte[] malformed = {(byte) 0xC3, 0x28};
      sent.add(producer.send(new ProducerRecord<>("texts", bytes("malformed"), malformed)));
      texts.forEach(
          (key, text) ->
              sent.add(producer.send(new ProducerRecord<>("texts", bytes(key), bytes(text)))));
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(LocalKafka kafka, String topic) {
    Properties properties = new Properties();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new TopicPartition(topic, i));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static void readScored(
      KafkaConsumer<byte[], byte[]> consumer, Map<String, List<ScoredText>> into) throws Exception {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
      ScoredText text = ScoredText.getDecoder().decode(record.value());
      assertThat(text.getKey()).isEqualTo(ByteBuffer.wrap(record.key()));
      into.computeIfAbsent(string(record.key()), key -> new ArrayList<>()).add(text);
    }
  }

  private static void readDead(
      KafkaConsumer<byte[], byte[]> consumer, Map<String, List<DeadLetter>> into) throws Exception {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
      into.computeIfAbsent(string(record.key()), key -> new ArrayList<>())
          .add(DeadLetter.getDecoder().decode(record.value()));
    }
  }

  private static void assertSameAsWithoutFlink(
      Map<String, String> texts, Map<String, List<ScoredText>> scored) {
    try (TextScorer<Embedding> scorer =
        TextScorer.open(MODEL, Tasks.embedding(), new Configuration())) {
      scorer.score(
          texts.entrySet().iterator(),
          Map.Entry::getValue,
          one -> {
            ScoredText streamed = scored.get(one.item().getKey()).get(0);
            assertThat(streamed.getText()).isEqualTo(one.item().getValue());
            assertThat(streamed.getModel().getSha256()).isEqualTo(scorer.stamp().sha256());
            double cosine = 0; // Both are of length 1.
            for (int i = 0; i < one.result().dimension(); i++) {
              cosine += streamed.getEmbedding().get(i) * (double) one.result().values()[i];
            }
            assertThat(cosine).isGreaterThan(0.99999);
          });
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Fails twice, each time some records after a checkpoint. */
  private static final class FailTwice
      extends RichMapFunction<Scored<KafkaText, Embedding>, Scored<KafkaText, Embedding>>
      implements CheckpointListener {

    private static final long serialVersionUID = 1L;
    static final AtomicInteger FAILURES = new AtomicInteger();

    private boolean checkpointed;
    private int since;

    @Override
    public Scored<KafkaText, Embedding> map(Scored<KafkaText, Embedding> value) {
      if (checkpointed && ++since > 20 && FAILURES.get() < 2) {
        FAILURES.incrementAndGet();
        throw new IllegalStateException("A failure between two checkpoints.");
      }
      return value;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      checkpointed = true;
    }
  }
}
