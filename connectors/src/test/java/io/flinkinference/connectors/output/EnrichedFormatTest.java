package io.flinkinference.connectors.output;

import static io.flinkinference.connectors.Samples.STAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.Samples;
import io.flinkinference.connectors.avro.InferenceResult;
import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.format.Enrichment;
import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.connectors.testing.AvroValues;
import io.flinkinference.connectors.testing.RichRecords;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Scored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MessageDecoder;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class EnrichedFormatTest {

  private static final byte[] NONE = {};
  private static final Classification RESULT =
      new Classification(List.of(new LabelScore("gut", 0.75f), new LabelScore("schlecht", 0.25f)));
  private static final long SCORED_AT = 1_700_000_000_456L;

  @Test
  void aRecordOfAllTypesIsReadBackByAvroAsItWas() throws Exception {
    ResultEncoder<Classification> encoder = bare(RichRecords.SCHEMA, "inference");
    MessageDecoder<GenericRecord> decoder =
        decoder(Enrichment.schema(RichRecords.SCHEMA, "inference"));
    Random random = new Random(31);
    for (int i = 0; i < 300; i++) {
      GenericRecord order = RichRecords.random(random);
      byte[] data = AvroValues.encode(NONE, RichRecords.SCHEMA, order);

      GenericRecord read = decoder.decode(encoder.encode(scored(data), SCORED_AT));

      for (Schema.Field field : RichRecords.SCHEMA.getFields()) {
        assertThat(shown(read, field)).isEqualTo(shown(order, field));
      }
      assertResult(read.get("inference"));
    }
  }

  @Test
  void theRecordsBytesAreNotTouched() {
    byte[] data = AvroValues.encode(NONE, RichRecords.SCHEMA, RichRecords.random(new Random(32)));
    byte[] value = bare(RichRecords.SCHEMA, "inference").encode(scored(data), SCORED_AT);
    assertThat(ByteBuffer.wrap(value, 10, data.length)).isEqualTo(ByteBuffer.wrap(data));
  }

  @Test
  void theResultIsWhatTheGeneratedClassReads() throws IOException {
    byte[] data = AvroValues.encode(NONE, AvroValues.REVIEW_1, review("good"));
    GenericRecord read =
        decoder(Enrichment.schema(AvroValues.REVIEW_1, "inference"))
            .decode(bare(AvroValues.REVIEW_1, "inference").encode(scored(data), SCORED_AT));
    GenericRecord result = (GenericRecord) read.get("inference");
    InferenceResult typed =
        InferenceResult.getDecoder()
            .decode(
                new BinaryMessageEncoder<>(GenericData.get(), result.getSchema()).encode(result));
    assertThat(typed.getLabels().get(0).getLabel()).isEqualTo("gut");
    assertThat(typed.getModel().getSha256()).isEqualTo(STAMP.sha256());
    assertThat(typed.getScoredAt().toEpochMilli()).isEqualTo(SCORED_AT);
  }

  @Test
  void embeddingsAreEnrichedToo() throws IOException {
    ResultEncoder<Embedding> encoder =
        OutputFormat.enriched(AvroEncoding.bare(AvroValues.REVIEW_1), "inference")
            .encoder(ResultKind.embedding(), "out", false);
    byte[] data = AvroValues.encode(NONE, AvroValues.REVIEW_1, review("good"));
    Embedding vector = new Embedding(new float[] {1, -2, 0.5f});
    GenericRecord read =
        decoder(Enrichment.schema(AvroValues.REVIEW_1, "inference"))
            .decode(encoder.encode(new Scored<>(Samples.text(data), vector, STAMP), SCORED_AT));
    GenericRecord result = (GenericRecord) read.get("inference");
    assertThat(result.get("embedding")).isEqualTo(List.of(1f, -2f, 0.5f));
    assertThat((List<?>) result.get("labels")).isEmpty();
  }

  @Test
  void recordsInsideOfTheirOwnTypeHaveNoResult() throws IOException {
    Schema enriched = Enrichment.schema(AvroValues.THREAD, "inference");
    ResultEncoder<Classification> encoder = bare(AvroValues.THREAD, "inference");
    for (int depth = 0; depth < 20; depth++) {
      byte[] data = AvroValues.encode(NONE, AvroValues.THREAD, AvroValues.thread(depth));
      GenericRecord read = decoder(enriched).decode(encoder.encode(scored(data), SCORED_AT));
      assertResult(read.get("inference"));
      GenericRecord inner = read;
      for (int i = depth - 1; i >= 0; i--) {
        inner = (GenericRecord) ((List<?>) inner.get("replies")).get(0);
        assertThat(inner.get("text").toString()).isEqualTo("text " + i);
        assertThat(inner.get("inference")).isNull();
      }
    }
  }

  @Test
  void whateverTheExtractorLetsPassFitsOnTheStack() throws Exception {
    byte[] data = AvroValues.nestedThread(249);
    ResultEncoder<Classification> encoder = bare(AvroValues.THREAD, "inference");
    FutureTask<byte[]> value = new FutureTask<>(() -> encoder.encode(scored(data), SCORED_AT));
    Thread lessThanTheUsualStack = new Thread(null, value, "small", 768 * 1024);
    lessThanTheUsualStack.setDaemon(true);
    lessThanTheUsualStack.start();
    assertThat(value.get(30, TimeUnit.SECONDS)).hasSizeGreaterThan(data.length);
  }

  @Test
  void recordsInSizedBlocksAreKeptAsTheyAre() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().blockingBinaryEncoder(bytes, null);
    new GenericDatumWriter<>(AvroValues.THREAD).write(AvroValues.thread(3), out);
    out.flush();
    byte[] value = bare(AvroValues.THREAD, "inference").encode(scored(bytes.toByteArray()), 1);
    GenericRecord read = decoder(Enrichment.schema(AvroValues.THREAD, "inference")).decode(value);
    assertThat((List<?>) read.get("replies")).hasSize(2);
  }

  @Test
  void aTopicThatIsScoredAgainGetsASecondField() throws IOException {
    Schema once = Enrichment.schema(AvroValues.REVIEW_1, "sentiment");
    byte[] data = AvroValues.encode(NONE, AvroValues.REVIEW_1, review("good"));
    byte[] first = bare(AvroValues.REVIEW_1, "sentiment").encode(scored(data), SCORED_AT);
    byte[] second =
        OutputFormat.enriched(AvroEncoding.singleObject(once), "topic")
            .encoder(ResultKind.classification(), "out", false)
            .encode(scored(first), SCORED_AT);
    GenericRecord read = decoder(Enrichment.schema(once, "topic")).decode(second);
    assertResult(read.get("sentiment"));
    assertResult(read.get("topic"));
  }

  @Test
  void aTombstoneRemainsOne() {
    assertThat(bare(AvroValues.REVIEW_1, "inference").encode(scored(null), SCORED_AT)).isNull();
  }

  @Test
  void whatShouldHaveBecomeADeadLetterIsAnErrorThatSaysHow() {
    assertThatThrownBy(() -> bare(AvroValues.REVIEW_1, "body").encode(scored(NONE), SCORED_AT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("KafkaText[texts-3 offset 41]")
        .hasMessageContaining("has the field body already")
        .hasMessageContaining(".enrichedBy(\"body\")");
  }

  @Test
  void schemasFromARegistryGoToARegistry() {
    AvroEncoding registry = AvroEncoding.registry(RegistryOptions.at("http://registry:8081"));
    assertThatThrownBy(() -> OutputFormat.enriched(registry, "inference"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("enriched(input, field, target)");
  }

  @Test
  void itTravelsWithAJob() throws Exception {
    OutputFormat format =
        OutputFormat.enriched(AvroEncoding.bare(AvroValues.REVIEW_1), "inference");
    byte[] data = AvroValues.encode(NONE, AvroValues.REVIEW_1, review("good"));
    byte[] value =
        InstantiationUtil.clone(format)
            .encoder(InstantiationUtil.clone(ResultKind.classification()), "out", false)
            .encode(scored(data), SCORED_AT);
    assertThat(value)
        .isEqualTo(bare(AvroValues.REVIEW_1, "inference").encode(scored(data), SCORED_AT));
  }

  private static String shown(GenericRecord record, Schema.Field field) {
    return GenericData.get().toString(record.get(field.name()));
  }

  private static GenericRecord review(String body) {
    return AvroValues.review(AvroValues.REVIEW_1, body);
  }

  private static ResultEncoder<Classification> bare(Schema schema, String field) {
    return OutputFormat.enriched(AvroEncoding.bare(schema), field)
        .encoder(ResultKind.classification(), "out", false);
  }

  private static MessageDecoder<GenericRecord> decoder(Schema schema) {
    return new BinaryMessageDecoder<>(GenericData.get(), schema);
  }

  private static Scored<KafkaText, Classification> scored(byte[] value) {
    return new Scored<>(Samples.text(value), RESULT, STAMP);
  }

  private static void assertResult(Object result) {
    assertThat(result)
        .hasToString(
            "{\"labels\": [{\"label\": \"gut\", \"score\": 0.75}, {\"label\": \"schlecht\","
                + " \"score\": 0.25}], \"embedding\": null, \"entities\": [],"
                + " \"redacted\": null, \"model\": {\"name\": \"made-up\","
                + " \"sha256\": \""
                + STAMP.sha256()
                + "\", \"precision\": \"fp32\", \"device\": \"cpu\", \"batchInvariant\": true},"
                + " \"scoredAt\": "
                + SCORED_AT
                + "}");
  }
}
