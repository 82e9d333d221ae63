package io.flinkinference.connectors.text;

import static io.flinkinference.connectors.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.connectors.Samples;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Scored;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class KafkaTextSerializerTest {

  private static final KafkaTextSerializer SERIALIZER = KafkaTextSerializer.INSTANCE;

  @Test
  void recordsComeBackAsTheyWere() throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      KafkaText record = Samples.random(random);
      DataInputDeserializer in = new DataInputDeserializer(serialized(record));

      assertThat(SERIALIZER.deserialize(in)).isEqualTo(record);
      assertThat(in.available()).isZero();
    }
  }

  @Test
  void copyOfAStreamIsByteForByte() throws IOException {
    Random random = new Random(12);
    DataOutputSerializer copy = new DataOutputSerializer(64);
    for (int i = 0; i < 500; i++) {
      byte[] original = serialized(Samples.random(random));
      DataInputDeserializer in = new DataInputDeserializer(original);
      copy.clear();

      SERIALIZER.copy(in, copy);

      assertThat(copy.getCopyOfBuffer()).isEqualTo(original);
      assertThat(in.available()).isZero();
    }
  }

  /** Checkpoints of earlier versions hold this form. */
  @Test
  void formStaysTheSame() throws IOException {
    KafkaText record =
        new KafkaText("t", 2, 3, 4, null, utf8("ä"), List.of(new RecordHeader("h", utf8("v"))));
    String form =
        "00000002" // partition
            + "0000000000000003" // offset
            + "0000000000000004" // timestamp
            + "00000001"
            + "74" // topic
            + "ffffffff" // no key
            + "00000002"
            + "c3a4" // value
            + "00000001" // one header
            + "00000001"
            + "68"
            + "00000001"
            + "76";

    assertThat(HexFormat.of().formatHex(serialized(record))).isEqualTo(form);
  }

  @Test
  void snapshotRestoresTheSerializer() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, SERIALIZER.snapshotConfiguration());

    TypeSerializerSnapshot<KafkaText> restored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(restored.restoreSerializer()).isSameAs(SERIALIZER);
    assertThat(SERIALIZER.snapshotConfiguration().resolveSchemaCompatibility(restored))
        .matches(compatibility -> compatibility.isCompatibleAsIs());
  }

  @Test
  void serializerStaysOneInstance() throws Exception {
    assertThat(InstantiationUtil.clone(SERIALIZER)).isSameAs(SERIALIZER);
    assertThat(SERIALIZER.duplicate()).isSameAs(SERIALIZER);
  }

  @Test
  void typeExtractionFindsTheSerializer() {
    TypeInformation<Scored<KafkaText, LabelScore>> type =
        TypeInformation.of(new TypeHint<Scored<KafkaText, LabelScore>>() {});
    TypeSerializer<KafkaText> own =
        TypeInformation.of(KafkaText.class).createSerializer(new SerializerConfigImpl());

    assertThat(own).isSameAs(SERIALIZER);
    assertThat(type)
        .isInstanceOfSatisfying(
            PojoTypeInfo.class,
            pojo -> assertThat(pojo.getTypeAt("input")).isEqualTo(KafkaTextTypeInfo.INSTANCE));
  }

  private static byte[] serialized(KafkaText record) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    SERIALIZER.serialize(record, out);
    return out.getCopyOfBuffer();
  }
}
