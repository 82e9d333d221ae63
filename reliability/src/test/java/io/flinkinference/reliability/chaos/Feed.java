package io.flinkinference.reliability.chaos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferSerializer;

/**
 * Writes the inputs to Kafka, evenly over the attacks, so that none of them finds an idle job. One
 * thread of its own writes; {@link #allow} is called by another.
 */
final class Feed implements AutoCloseable {

  private static final long TICK_MILLIS = 50;

  private final Inputs inputs;
  private volatile int aTick;
  private final KafkaProducer<byte[], ByteBuffer> producer;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Future<?> writing;
  private final Queue<Future<?>> sent = new ConcurrentLinkedQueue<>();
  private volatile int allowed;
  private volatile int written;

  /**
   * @param perSecond records written in a second, as long as they are allowed
   */
  Feed(String bootstrapServers, Inputs inputs, int perSecond) {
    this.inputs = inputs;
    this.aTick = Math.max(1, (int) (perSecond * TICK_MILLIS / 1000));
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteBufferSerializer());
    this.writing = thread.scheduleAtFixedRate(this::write, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Number of the record with the given key. */
  static int number(byte[] key) {
    return Integer.parseInt(new String(key, StandardCharsets.UTF_8));
  }

  private void write() {
    int next = written;
    for (int i = 0; i < aTick && next < allowed; i++) {
      Input input = inputs.get(next++);
      byte[] key = Integer.toString(input.number()).getBytes(StandardCharsets.UTF_8);
      sent.add(producer.send(new ProducerRecord<>(ChaosJob.TEXTS, key, input.value())));
    }
    written = next;
  }

  /** Lets it write the first so many records. */
  void allow(int records) {
    allowed = records;
  }

  /** Lets it write the rest, as fast as it can. */
  void finish() {
    aTick = inputs.size();
    allow(inputs.size());
  }

  int written() {
    return written;
  }

  /** Fails if a record could not be written. */
  void check() throws InterruptedException, ExecutionException {
    while (!sent.isEmpty() && sent.peek().isDone()) {
      sent.remove().get();
    }
    if (writing.isDone()) {
      writing.get();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    producer.close(Duration.ofSeconds(1));
  }
}
