package io.flinkinference.connectors.replay;

import static io.flinkinference.connectors.replay.Letters.HAPPENED;
import static io.flinkinference.connectors.replay.Letters.letter;
import static io.flinkinference.connectors.replay.Letters.record;
import static io.flinkinference.result.DeadLetterReason.EXTRACTOR_FAILURE;
import static io.flinkinference.result.DeadLetterReason.TOO_LONG;
import static io.flinkinference.result.DeadLetterReason.UNDECODABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalTopics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Replays hand-made letters on a real broker; each test has topics of its own. */
@Timeout(180)
class ReplayITCase {

  private static LocalKafka kafka;
  private static LocalTopics topics;

  private String dead;
  private String texts;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start();
    topics = new LocalTopics(kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void createTopics(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    dead = name + ".dead";
    texts = name + ".texts";
    kafka.createTopic(dead, 2);
    kafka.createTopic(texts, 2);
  }

  @Test
  void recordsAreBackAsTheyWereAndAreCounted() throws Exception {
    write(letter(0, UNDECODABLE, texts), letter(1, TOO_LONG, texts, 1));

    ReplayReport report = replay().run();

    assertThat(report.selected()).isEqualTo(2);
    List<ConsumerRecord<byte[], byte[]>> records = topics.committed(texts);
    assertThat(records).hasSize(2);
    for (int i = 0; i < 2; i++) {
      ConsumerRecord<byte[], byte[]> record = records.get(i);
      assertThat(record.partition()).isEqualTo(1);
      assertThat(record.key()).isEqualTo(("key " + i).getBytes(UTF_8));
      assertThat(record.value()).isEqualTo(new byte[] {(byte) i, -1, -2});
      assertThat(record.timestamp()).isEqualTo(HAPPENED.toEpochMilli() + i);
      assertThat(headers(record))
          .containsExactly("h=first", "h=null", Replay.REPLAYED_HEADER + "=" + (i + 1));
    }
  }

  @Test
  void aDryRunTellsWhatWouldHappenAndWritesNothing() throws Exception {
    write(
        letter(0, UNDECODABLE, texts),
        letter(1, TOO_LONG, texts),
        letter(2, UNDECODABLE, texts, 3),
        letter(3, UNDECODABLE, texts));

    Replay replay = replay().reasons(Set.of(UNDECODABLE));
    ReplayReport dry = replay.dryRun();

    assertThat(dry.rows())
        .containsExactly(
            new ReplayRow("TOO_LONG", texts, 0, 1, 0, "Letter 1 failed.", "digest of TOO_LONG"),
            new ReplayRow(
                "UNDECODABLE", texts, 2, 0, 1, "Letter 0 failed.", "digest of UNDECODABLE"));
    assertThat(topics.committed(texts)).isEmpty();
    assertThat(replay.dryRun()).isEqualTo(dry);
    assertThat(replay.run()).isEqualTo(dry);
  }

  @Test
  void onlyTheLettersAskedForAreWritten() throws Exception {
    String other = texts + ".other";
    kafka.createTopic(other, 1);
    write(
        letter(0, UNDECODABLE, texts),
        letter(1, EXTRACTOR_FAILURE, texts),
        letter(2, UNDECODABLE, other),
        letter(3, UNDECODABLE, texts),
        letter(4, UNDECODABLE, texts));

    ReplayReport report =
        replay()
            .reasons(Set.of(UNDECODABLE, TOO_LONG))
            .origins(Set.of(texts))
            .written(Letters.REJECTED.plusMillis(3), Letters.REJECTED.plusMillis(4))
            .run();

    assertThat(keys(texts)).containsExactly("key 3");
    assertThat(topics.committed(other)).isEmpty();
    assertThat(report.selected()).isEqualTo(1);
    assertThat(report.notSelected()).isEqualTo(4);
  }

  @Test
  void aRepeatedReplayWritesWhatIsNew() throws Exception {
    write(letter(0, UNDECODABLE, texts), letter(1, UNDECODABLE, texts));
    assertThat(replay().run().passedBefore()).isFalse();

    write(letter(2, UNDECODABLE, texts));
    ReplayReport again = replay().run();

    assertThat(again.selected()).isEqualTo(1);
    assertThat(again.passedBefore()).isTrue();
    assertThat(replay().run().rows()).isEmpty();
    assertThat(keys(texts)).containsExactly("key 0", "key 1", "key 2");
  }

  @Test
  void aReplayThatFailedHalfWayGoesOnBehindItsLastBatch() throws Exception {
    String late = texts + ".late";
    for (int i = 0; i < 50; i++) {
      write(letter(i, UNDECODABLE, i == 33 ? late : texts));
    }
    Replay inBatches = replay().property("max.poll.records", "10");

    assertThatThrownBy(inBatches::run)
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("no topic '" + late + "'")
        .hasMessageContaining("written before: 30 records");
    assertThat(keys(texts)).hasSize(30);

    kafka.createTopic(late, 1);
    assertThat(inBatches.run().selected()).isEqualTo(20);
    assertThat(keys(texts))
        .containsExactlyElementsOf(
            IntStream.range(0, 50).filter(i -> i != 33).mapToObj(i -> "key " + i).toList());
    assertThat(keys(late)).containsExactly("key 33");
  }

  @Test
  void whatACrashLeftInATransactionIsWrittenOnce() throws Exception {
    write(letter(0, UNDECODABLE, texts), letter(1, UNDECODABLE, texts));
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "transactional.id",
            "flink-inference-replay-group/" + dead);
    try (var crashed =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      crashed.initTransactions();
      crashed.beginTransaction();
      crashed.send(new ProducerRecord<>(texts, "key 0".getBytes(UTF_8), null)).get();

      assertThat(replay().group("group").run().selected()).isEqualTo(2);
      assertThat(keys(texts)).containsExactly("key 0", "key 1");
    }
  }

  @Test
  void ofTwoReplaysAtOnceTheOlderEnds() throws Exception {
    write(letter(0, UNDECODABLE, texts));
    ClientSettings clients = new ClientSettings(kafka.bootstrapServers(), Map.of());
    ReplaySettings settings =
        new ReplaySettings(
            dead, "group", Selection.ALL, Target.ORIGIN, Double.POSITIVE_INFINITY, null, clients);
    try (var consumer = clients.consumer(settings);
        LetterSink older =
            TransactionalSink.open(clients.producer(settings), consumer.groupMetadata())) {
      assertThat(replay().group("group").run().selected()).isEqualTo(1);

      Map<TopicPartition, OffsetAndMetadata> next =
          Map.of(new TopicPartition(dead, 0), new OffsetAndMetadata(1, settings.mark()));
      assertThatThrownBy(() -> older.write(List.of(), next))
          .satisfies(
              e ->
                  assertThat(Failures.explain((RuntimeException) e, settings))
                      .hasMessageContaining("Another replay of the group 'group' has begun"));
    }
    assertThat(keys(texts)).containsExactly("key 0");
  }

  @Test
  void aRecordThatCameBackTooOftenIsLeft() throws Exception {
    write(
        letter(0, UNDECODABLE, texts, 1),
        letter(1, UNDECODABLE, texts, 2),
        letter(2, UNDECODABLE, texts, 7));

    ReplayReport report = replay().maxReplays(2).run();

    assertThat(keys(texts)).containsExactly("key 0");
    assertThat(report.cameBack()).isEqualTo(2);
  }

  @Test
  void rubbishInTheTopicIsToldAndStopsNothing() throws Exception {
    byte[] cut = Letters.encode(letter(0, UNDECODABLE, texts));
    topics.write(
        List.of(
            new ProducerRecord<>(dead, 0, null, "no letter".getBytes(UTF_8)),
            new ProducerRecord<>(dead, 0, null, null),
            new ProducerRecord<>(dead, 0, null, Arrays.copyOf(cut, cut.length - 5)),
            new ProducerRecord<>(dead, 0, null, new byte[] {0, 0, 0, 0, 7, 1})));
    write(letter(4, UNDECODABLE, texts));

    ReplayReport report = replay().run();

    assertThat(keys(texts)).containsExactly("key 4");
    assertThat(report.unreadableCount()).isEqualTo(4);
    assertThat(report.unreadable())
        .extracting(UnreadableLetter::offset)
        .containsExactly(0L, 1L, 2L, 3L);
    assertThat(report.unreadable().get(3).why()).contains("Give the registry");
  }

  @Test
  void recordsMayGoToAnotherTopicWithTheTimeOfNow() throws Exception {
    String other = texts + ".other";
    kafka.createTopic(other, 1);
    write(letter(0, UNDECODABLE, texts));

    replay().to(other).originalTimestamps(false).run();

    assertThat(topics.committed(texts)).isEmpty();
    assertThat(topics.committed(other).get(0).timestamp()).isGreaterThan(HAPPENED.toEpochMilli());
  }

  @Test
  void aGroupIsNotUsedForTwoSelections() throws Exception {
    write(letter(0, UNDECODABLE, texts), letter(1, TOO_LONG, texts));
    replay().reasons(Set.of(UNDECODABLE)).run();

    Replay another = replay().reasons(Set.of(TOO_LONG));
    assertThatThrownBy(another::dryRun)
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("reasons UNDECODABLE,")
        .hasMessageContaining("reasons TOO_LONG,");
    assertThatThrownBy(another::run).hasMessageContaining("name another group");

    assertThat(another.group("too-long").run().selected()).isEqualTo(1);
    assertThat(keys(texts)).containsExactlyInAnyOrder("key 0", "key 1");
  }

  @Test
  void aRecordThatTheTopicRefusesIsNamed() throws Exception {
    write(letter(0, UNDECODABLE, texts), letter(1, UNDECODABLE, texts));

    assertThatThrownBy(() -> replay().property("max.request.size", "60").run())
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("dead letter at partition 0, offset 0")
        .hasMessageContaining("max.request.size")
        .hasMessageContaining("written before: 0 records");
    assertThat(replay().run().selected()).isEqualTo(2);
    assertThat(keys(texts)).containsExactly("key 0", "key 1");
  }

  @Test
  void anInterruptedReplayGoesOnBehindItsLastBatch() throws Exception {
    write(letter(0, UNDECODABLE, texts), letter(1, UNDECODABLE, texts));
    Replay slow = replay().perSecond(0.001);
    FutureTask<ReplayReport> run = new FutureTask<>(slow::run);
    Thread thread = new Thread(run, "replay");
    thread.start();
    while (keys(texts).isEmpty()) {
      assertThat(thread.isAlive()).isTrue(); // The next is due in a quarter of an hour.
    }
    thread.interrupt();
    assertThatThrownBy(run::get).hasCauseInstanceOf(InterruptedException.class);
    assertThat(keys(texts)).containsExactly("key 0");

    assertThat(replay().run().selected()).isEqualTo(1);
    assertThat(keys(texts)).containsExactly("key 0", "key 1");
  }

  @Test
  void aMissingTopicIsNamed() {
    assertThatThrownBy(() -> Replay.from(kafka.bootstrapServers(), "no-such").dryRun())
        .isInstanceOf(ReplayException.class)
        .hasMessageStartingWith("There is no topic 'no-such' of dead letters.");
  }

  private Replay replay() {
    return Replay.from(kafka.bootstrapServers(), dead);
  }

  private void write(DeadLetter... letters) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (var letter : letters) {
      records.add(record(dead, letter));
    }
    topics.write(records);
  }

  private List<String> keys(String topic) {
    return topics.committed(topic).stream().map(r -> new String(r.key(), UTF_8)).toList();
  }

  private static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
    List<String> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      byte[] value = header.value();
      headers.add(header.key() + "=" + (value == null ? null : new String(value, UTF_8)));
    }
    return headers;
  }
}
