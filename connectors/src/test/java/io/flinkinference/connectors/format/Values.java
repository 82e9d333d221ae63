package io.flinkinference.connectors.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkinference.connectors.text.KafkaText;
import java.util.List;

/** Kafka records of which only the values matter. */
final class Values {

  private Values() {}

  static KafkaText record(byte[] value) {
    return new KafkaText("reviews", 0, 7, -1, null, value, List.of());
  }

  static KafkaText record(String value) {
    return record(value.getBytes(UTF_8));
  }
}
