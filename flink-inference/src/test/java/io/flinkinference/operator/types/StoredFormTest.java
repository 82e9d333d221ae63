package io.flinkinference.operator.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.flinkinference.result.Classification;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.result.Results;
import io.flinkinference.result.Scored;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that lie in checkpoints. A program that writes others would misread them: it needs the next
 * version in {@link FormSnapshot}, and code that reads the one before.
 */
class StoredFormTest {

  private static final ModelStamp STAMP = new ModelStamp("m", "ab", "int8", "cpu", true);
  private static final Classification LABELS =
      new Classification(List.of(new LabelScore("yes", 0.75f), new LabelScore("n\u00f6", 0.25f)));

  /**
   * A value as it is stored.
   *
   * @param hex its bytes
   */
  private record Form<T>(String name, TypeInformation<T> type, T value, String hex) {

    TypeSerializer<T> serializer() {
      return type.createSerializer(new SerializerConfigImpl());
    }

    String written() throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(64);
      serializer().serialize(value, out);
      return HexFormat.of().formatHex(out.getCopyOfBuffer());
    }

    T read() throws IOException {
      return serializer().deserialize(new DataInputDeserializer(HexFormat.of().parseHex(hex)));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Form<?>> forms() {
    return List.of(
        scored(
            "labels",
            ResultTypes.CLASSIFICATION,
            LABELS,
            "05746578740000000200037965733f40000000036ec3b63e80000000016d000261620004696e74380003"
                + "63707501"),
        scored(
            "vector",
            ResultTypes.EMBEDDING,
            new Embedding(new float[] {1, -0.5f}),
            "0574657874000000023f800000bf00000000016d000261620004696e7438000363707501"),
        scored(
            "bytes",
            ResultTypes.EMBEDDING,
            Embedding.quantized(new byte[] {1, -128, 127}),
            "0574657874fffffffc01807f00016d000261620004696e7438000363707501"),
        scored(
            "entities",
            ResultTypes.ENTITIES,
            new Entities(List.of(Entity.of("PER", 0.5f, 3, 6, "\uD83D\uDE00 Ann")), "[PER]"),
            "05746578740000000100035045523f0000000000000300000006000000020000000500000003416e6e00"
                + "0000055b5045525d00016d000261620004696e7438000363707501"),
        scored(
            "no entities",
            ResultTypes.ENTITIES,
            Entities.EMPTY,
            "057465787400000000ffffffff00016d000261620004696e7438000363707501"),
        scored(
            "several",
            ResultTypes.results(List.of(ResultTypes.CLASSIFICATION, ResultTypes.EMBEDDING)),
            new Results(byName()),
            "057465787400017a0000000200037965733f40000000036ec3b63e800000000161000000023f80000040"
                + "00000000016d000261620004696e7438000363707501"),
        new Form<>(
            "dead letter",
            ResultTypes.deadLetter(Types.STRING),
            new DeadLetter<>(
                "text", DeadLetterReason.EXTRACTOR_FAILURE, "no", 3, STAMP, "digest #1"),
            "05746578740011455854524143544f525f4641494c555245036e6f0000000300016d000261620004696e"
                + "74380003637075010a646967657374202331"));
  }

  private static <R> Form<Scored<String, R>> scored(
      String name, TypeInformation<R> type, R result, String hex) {
    return new Form<>(
        name, ResultTypes.scored(Types.STRING, type), new Scored<>("text", result, STAMP), hex);
  }

  private static Map<String, Object> byName() {
    Map<String, Object> byName = new LinkedHashMap<>();
    byName.put("z", LABELS);
    byName.put("a", new Embedding(new float[] {1, 2}));
    return byName;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void bytesAreThoseOfTheirVersion(Form<?> form) throws Exception {
    assertThat(form.written()).isEqualTo(form.hex());
    assertThat(form.read()).isEqualTo(form.value());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void newerVersionIsRefused(Form<?> form) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, form.serializer().snapshotConfiguration());
    byte[] snapshot = out.getCopyOfBuffer();
    // The class's name behind its length, Flink's version, its mark, then the version of the form.
    int length = new DataInputDeserializer(snapshot).readUnsignedShort();
    int version = Short.BYTES + length + 3 * Integer.BYTES - 1;
    assertThat(snapshot[version]).isEqualTo((byte) 1);
    snapshot[version]++;

    assertThatIOException()
        .isThrownBy(
            () ->
                TypeSerializerSnapshot.readVersionedSnapshot(
                    new DataInputDeserializer(snapshot), StoredFormTest.class.getClassLoader()))
        .withMessageContaining("in version 2")
        .withMessageContaining("versions up to 1");
  }
}
