package io.flinkinference.connectors.text;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Takes a Kafka record over as it is; decodes nothing, so that no value can make it fail. */
public final class KafkaTextDeserializationSchema
    implements KafkaRecordDeserializationSchema<KafkaText> {

  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<KafkaText> out) {
    out.collect(
        new KafkaText(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            record.key(),
            record.value(),
            detached(record.headers())));
  }

  /** The client's headers are views that would hold a whole fetched block in memory. */
  private static List<Header> detached(Headers headers) {
    Header[] array = headers.toArray();
    for (int i = 0; i < array.length; i++) {
      array[i] = new RecordHeader(array[i].key(), array[i].value());
    }
    return Arrays.asList(array);
  }

  @Override
  public TypeInformation<KafkaText> getProducedType() {
    return KafkaTextTypeInfo.INSTANCE;
  }
}
