package io.flinkinference.connectors.check;

import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Serializes as another one does, but first, when the sink opens, looks whether it can write at
 * all: the client's own errors name neither the transactional id that is denied nor who is.
 *
 * <p>Belongs to the thread of one sink subtask.
 */
public final class CheckedSerializer<T> implements KafkaRecordSerializationSchema<T> {

  private static final long serialVersionUID = 1L;

  private final KafkaRecordSerializationSchema<T> serializer;
  private final SinkCheck check;
  private transient boolean opened;

  /** Asks when it is opened. */
  public CheckedSerializer(KafkaRecordSerializationSchema<T> serializer, SinkCheck check) {
    this.serializer = serializer;
    this.check = check;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sink) throws Exception {
    // The connector's exactly-once writer opens its serializer twice.
    if (!opened) {
      check.whenOpened(sink.getParallelInstanceId());
      serializer.open(context, sink);
      opened = true;
    }
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(T element, KafkaSinkContext sink, Long time) {
    return serializer.serialize(element, sink, time);
  }
}
