package io.flinkinference.benchmarks.pipeline;

import io.flinkinference.local.LocalKafka;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic that the jobs read: each text once, with its number as key. */
final class TextTopic {

  private TextTopic() {}

  /** Creates the topic and fills it; all texts are confirmed when this returns. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
  static void fill(LocalKafka kafka, String topic, int partitions, List<String> texts)
      throws InterruptedException {
    kafka.createTopic(topic, partitions);
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int number = 0; number < texts.size(); number++) {
        producer.send(
            new ProducerRecord<>(
                topic,
                number % partitions,
                key(number),
                texts.get(number).getBytes(StandardCharsets.UTF_8)),
            (metadata, exception) -> failure.compareAndSet(null, exception));
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException(
          "A text could not be sent to Kafka: " + failure.get().getMessage(), failure.get());
    }
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  static int number(ByteBuffer key) {
    return key.getInt(key.position());
  }
}
