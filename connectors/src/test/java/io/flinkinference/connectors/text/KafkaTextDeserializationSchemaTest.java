package io.flinkinference.connectors.text;

import static io.flinkinference.connectors.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class KafkaTextDeserializationSchemaTest {

  private final KafkaTextDeserializationSchema schema = new KafkaTextDeserializationSchema();

  @Test
  void nothingOfARecordIsLost() {
    byte[] key = utf8("key");
    byte[] value = utf8("value");
    KafkaText text =
        deserialized(key, value, new RecordHeader("h", utf8("1")), new RecordHeader("h", null));

    assertThat(text.topic()).isEqualTo("texts");
    assertThat(text.partition()).isEqualTo(5);
    assertThat(text.offset()).isEqualTo(77);
    assertThat(text.timestamp()).isEqualTo(1234);
    assertThat(text.key()).isSameAs(key);
    assertThat(text.value()).isSameAs(value);
    assertThat(text.headers())
        .containsExactly(new RecordHeader("h", utf8("1")), new RecordHeader("h", null));
  }

  @Test
  void rubbishPasses() {
    assertThat(deserialized(null, null).value()).isNull();
    assertThat(deserialized(null, new byte[] {-1}).value()).containsExactly(-1);
  }

  @Test
  void headersDoNotHoldTheFetchedBlock() {
    byte[] block = utf8("namevalue");
    Header view = new RecordHeader(ByteBuffer.wrap(block, 0, 4), ByteBuffer.wrap(block, 4, 5));

    Header header = deserialized(null, null, view).headers().get(0);

    assertThat(header).isNotSameAs(view);
    assertThat(header.key()).isEqualTo("name");
    assertThat(header.value()).isEqualTo(utf8("value"));
  }

  private KafkaText deserialized(byte[] key, byte[] value, Header... headers) {
    List<KafkaText> out = new ArrayList<>();
    schema.deserialize(
        new ConsumerRecord<>(
            "texts",
            5,
            77,
            1234,
            TimestampType.CREATE_TIME,
            3,
            5,
            key,
            value,
            new RecordHeaders(headers),
            Optional.empty()),
        new ListCollector<>(out));
    assertThat(out).hasSize(1);
    return out.get(0);
  }
}
