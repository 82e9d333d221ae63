package io.flinkinference.examples.demo;

import io.flinkinference.examples.text.Texts;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the texts, each with its number as key.
 *
 * <p>Owned by one thread at a time. Every send is confirmed by the broker before a method returns.
 */
final class TextFeed implements AutoCloseable {

  private static final long ARRIVAL_SEED = 7;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Stream<byte[]> stream;
  private final Iterator<byte[]> texts;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private int number;

  TextFeed(String bootstrapServers, Texts texts) throws IOException {
    this.stream = texts.open();
    this.texts = stream.iterator();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "demo-feed",
                // A record that waits for company would add to the latency of the paced phase.
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends as fast as the broker takes them; a record's timestamp is the moment of its sending. */
  void sendFlatOut(int count, PhaseRecorder recorder) {
    for (int i = 0; i < count; i++) {
      send(System.currentTimeMillis(), recorder);
    }
    confirm();
  }

  /** Sends at a rate; a record's timestamp is the moment when it was due. */
  void sendPaced(int count, double perSecond, PhaseRecorder recorder) throws InterruptedException {
    Arrivals arrivals = new Arrivals(perSecond, ARRIVAL_SEED);
    long startNanos = System.nanoTime();
    long startMillis = System.currentTimeMillis();
    for (int i = 0; i < count; i++) {
      long due = arrivals.nextNanos();
      TimeUnit.NANOSECONDS.sleep(due - (System.nanoTime() - startNanos));
      send(startMillis + TimeUnit.NANOSECONDS.toMillis(due), recorder);
    }
    confirm();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
  private void send(long timestamp, PhaseRecorder recorder) {
    throwFailure();
    producer.send(
        new ProducerRecord<>(Topics.TEXTS, null, timestamp, RecordKey.of(number), texts.next()),
        (metadata, exception) -> failure.compareAndSet(null, exception));
    number++;
    recorder.sent(timestamp);
  }

  private void confirm() {
    producer.flush();
    throwFailure();
  }

  private void throwFailure() {
    Exception exception = failure.get();
    if (exception != null) {
      throw new IllegalStateException(
          "A text could not be sent to Kafka: " + exception.getMessage(), exception);
    }
  }

  /** Gives up what is not yet sent. */
  @Override
  public void close() {
    stream.close();
    producer.close(Duration.ZERO);
  }
}
