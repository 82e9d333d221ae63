package io.flinkinference.connectors.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Writes {@link KafkaText} to the network and into checkpoints: the numbers, then topic, key, value
 * and headers as bytes behind their length (-1: null). Stateless, so that one instance serves all.
 *
 * <p>The form is part of every checkpoint: to change it, add a serializer and a snapshot of their
 * own that still read this one.
 */
final class KafkaTextSerializer extends TypeSerializerSingleton<KafkaText> {

  static final KafkaTextSerializer INSTANCE = new KafkaTextSerializer();

  private static final long serialVersionUID = 1L;
  private static final int NULL = -1;

  private KafkaTextSerializer() {}

  @Override
  public void serialize(KafkaText text, DataOutputView target) throws IOException {
    target.writeInt(text.partition());
    target.writeLong(text.offset());
    target.writeLong(text.timestamp());
    writeBytes(text.topic().getBytes(UTF_8), target);
    writeBytes(text.key(), target);
    writeBytes(text.value(), target);
    target.writeInt(text.headers().size());
    for (Header header : text.headers()) {
      writeBytes(header.key().getBytes(UTF_8), target);
      writeBytes(header.value(), target);
    }
  }

  @Override
  public KafkaText deserialize(DataInputView source) throws IOException {
    int partition = source.readInt();
    long offset = source.readLong();
    long timestamp = source.readLong();
    String topic = new String(readBytes(source), UTF_8);
    byte[] key = readBytes(source);
    byte[] value = readBytes(source);
    return new KafkaText(topic, partition, offset, timestamp, key, value, readHeaders(source));
  }

  private static List<Header> readHeaders(DataInputView source) throws IOException {
    Header[] headers = new Header[source.readInt()];
    for (int i = 0; i < headers.length; i++) {
      headers[i] = new RecordHeader(new String(readBytes(source), UTF_8), readBytes(source));
    }
    return Arrays.asList(headers);
  }

  @Override
  public KafkaText deserialize(KafkaText reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    target.writeInt(source.readInt());
    target.writeLong(source.readLong());
    target.writeLong(source.readLong());
    copyBytes(source, target);
    copyBytes(source, target);
    copyBytes(source, target);
    int headers = source.readInt();
    target.writeInt(headers);
    for (int i = 0; i < headers; i++) {
      copyBytes(source, target);
      copyBytes(source, target);
    }
  }

  private static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
    if (bytes == null) {
      target.writeInt(NULL);
    } else {
      target.writeInt(bytes.length);
      target.write(bytes);
    }
  }

  private static byte[] readBytes(DataInputView source) throws IOException {
    int length = source.readInt();
    if (length == NULL) {
      return null;
    }
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return bytes;
  }

  // Not target.write(source, length): Flink's DataOutputSerializer does not grow for that.
  private static void copyBytes(DataInputView source, DataOutputView target) throws IOException {
    writeBytes(readBytes(source), target);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public KafkaText createInstance() {
    return new KafkaText("", 0, 0, -1, null, null, List.of());
  }

  @Override
  public KafkaText copy(KafkaText from) {
    return from;
  }

  @Override
  public KafkaText copy(KafkaText from, KafkaText reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<KafkaText> snapshotConfiguration() {
    return new Snapshot();
  }

  // A singleton stays one when Java deserializes it.
  private Object readResolve() {
    return INSTANCE;
  }

  /** Names the serializer in a checkpoint; Flink makes it through this constructor. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<KafkaText> {

    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
