package io.flinkinference.operator.types;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

class SerializersTest {

  private static final ModelStamp STAMP = new ModelStamp("m", "ab".repeat(32), "int8", "cpu", true);
  private static final Classification LABELS =
      new Classification(List.of(new LabelScore("yes", 0.7f), new LabelScore("n\u00f6", 0.3f)));

  @Test
  void classificationsAndEmbeddingsComeBackEqual() throws Exception {
    assertRoundTrip(ResultTypes.CLASSIFICATION, LABELS);
    assertRoundTrip(ResultTypes.EMBEDDING, new Embedding(new float[] {1, -0.5f, Float.MIN_VALUE}));
    assertRoundTrip(ResultTypes.EMBEDDING, Embedding.quantized(new byte[] {1, -128, 127}));
  }

  @Test
  void entitiesComeBackEqual() throws Exception {
    Entity entity = Entity.of("PER", 0.5f, 3, 6, "\uD83D\uDE00 Ann");
    assertRoundTrip(ResultTypes.ENTITIES, new Entities(List.of(entity), "x".repeat(100_000)));
    assertRoundTrip(ResultTypes.ENTITIES, Entities.EMPTY);
  }

  @Test
  void resultsOfNoTextComeBackEqual() throws Exception {
    assertRoundTrip(ResultTypes.CLASSIFICATION, Classification.EMPTY);
    assertRoundTrip(ResultTypes.EMBEDDING, Embedding.EMPTY);
  }

  @Test
  void resultsSideBySideComeBackEqualAndInTheirOrder() throws Exception {
    Map<String, Object> byName = new LinkedHashMap<>();
    byName.put("z", LABELS);
    byName.put("a", new Embedding(new float[] {1, 2}));
    assertRoundTrip(
        ResultTypes.scored(
            Types.STRING,
            ResultTypes.results(List.of(ResultTypes.CLASSIFICATION, ResultTypes.EMBEDDING))),
        new Scored<>("text", new Results(byName), STAMP));
    assertThat(new Results(byName).byName().keySet()).containsExactly("z", "a");
  }

  @Test
  void scoredRecordsComeBackEqual() throws Exception {
    assertRoundTrip(
        ResultTypes.scored(Types.STRING, ResultTypes.CLASSIFICATION),
        new Scored<>("text", LABELS, STAMP));
  }

  @Test
  void deadLettersComeBackEqualWithMessagesOfAnyLength() throws Exception {
    assertRoundTrip(
        ResultTypes.deadLetter(Types.LONG),
        new DeadLetter<>(1L, DeadLetterReason.UNDECODABLE, "x".repeat(70_000), 3, STAMP));
    assertRoundTrip(
        ResultTypes.deadLetter(Types.LONG),
        new DeadLetter<>(1L, DeadLetterReason.EXTRACTOR_FAILURE, "no", 0, STAMP, "digest #1"));
  }

  @Test
  void immutableValuesAreNotCopied() {
    TypeSerializer<Scored<String, Classification>> serializer =
        ResultTypes.scored(Types.STRING, ResultTypes.CLASSIFICATION)
            .createSerializer(new SerializerConfigImpl());
    Scored<String, Classification> scored = new Scored<>("text", LABELS, STAMP);
    assertThat(serializer.copy(scored)).isSameAs(scored);
  }

  private static <T> void assertRoundTrip(TypeInformation<T> type, T value) throws Exception {
    TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    TypeSerializer<T> restored = restoredFromSnapshot(serializer);
    assertThat(restored).isEqualTo(serializer);
    T read = restored.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    assertThat(read).isEqualTo(value);
  }

  /** What a job does that is restored from a savepoint. */
  private static <T> TypeSerializer<T> restoredFromSnapshot(TypeSerializer<T> serializer)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<T> snapshot =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()),
            SerializersTest.class.getClassLoader());
    return snapshot.restoreSerializer();
  }
}
