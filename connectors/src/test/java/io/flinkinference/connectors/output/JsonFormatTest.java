package io.flinkinference.connectors.output;

import static io.flinkinference.connectors.Samples.STAMP;
import static io.flinkinference.connectors.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.connectors.Samples;
import io.flinkinference.connectors.avro.AvroSchemas;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Scored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class JsonFormatTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Classification RESULT =
      new Classification(List.of(new LabelScore("größer", 0.75f)));

  @Test
  void itSaysWhatScoredTextSays() {
    byte[] value =
        OutputFormat.json()
            .encoder(ResultKind.classification(), "out", true)
            .encode(new Scored<>(Samples.text(utf8("\"Grüße\"\n")), RESULT, STAMP), 17);
    assertThat(value)
        .asString()
        .isEqualTo(
            "{\"key\":\"a2V5\",\"text\":\"\\\"Grüße\\\"\\n\","
                + "\"labels\":[{\"label\":\"größer\",\"score\":0.75}],\"embedding\":null,"
                + "\"entities\":[],\"redacted\":null,"
                + "\"model\":{\"name\":\"made-up\",\"sha256\":\""
                + STAMP.sha256()
                + "\",\"precision\":\"fp32\",\"device\":\"cpu\",\"batchInvariant\":true},"
                + "\"origin\":{\"topic\":\"texts\",\"partition\":3,\"offset\":41,"
                + "\"timestamp\":1700000000123},\"scoredAt\":17}");
  }

  @Test
  void itsFieldsAreThoseOfTheSchema() throws IOException {
    JsonNode value = json(ResultKind.classification(), RESULT, Samples.text(utf8("a")));
    List<String> names = new ArrayList<>();
    value.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .isEqualTo(AvroSchemas.scoredText().getFields().stream().map(Schema.Field::name).toList());
  }

  @Test
  void whatIsMissingIsNull() throws IOException {
    KafkaText bare = new KafkaText("texts", 0, 0, -1, null, null, List.of());
    JsonNode value = json(ResultKind.classification(), Classification.EMPTY, bare);
    assertThat(value.get("key").isNull()).isTrue();
    assertThat(value.get("text").isNull()).isTrue();
    assertThat(value.get("labels")).isEmpty();
    assertThat(value.get("origin").get("timestamp").longValue()).isEqualTo(-1);
  }

  @Test
  void oneValueAfterTheOtherIsWhole() throws IOException {
    var encoder = OutputFormat.json().encoder(ResultKind.embedding(), "out", true);
    for (int i = 0; i < 300; i++) {
      Embedding vector = new Embedding(new float[i * 10]);
      byte[] value = encoder.encode(new Scored<>(Samples.text(utf8("x")), vector, STAMP), i);
      JsonNode read = JSON.readTree(value);
      assertThat(value[0]).isEqualTo((byte) '{');
      assertThat(read.get("embedding")).hasSize(i * 10);
      assertThat(read.get("scoredAt").intValue()).isEqualTo(i);
    }
  }

  @Test
  void whatIsNoNumberInJsonIsAText() throws IOException {
    Embedding odd = new Embedding(new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 1e-30f});
    JsonNode vector = json(ResultKind.embedding(), odd, Samples.text(null)).get("embedding");
    assertThat(vector.get(0).textValue()).isEqualTo("NaN");
    assertThat(vector.get(1).textValue()).isEqualTo("-Infinity");
    assertThat(vector.get(2).floatValue()).isEqualTo(1e-30f);
  }

  private static <R> JsonNode json(ResultKind<R> kind, R result, KafkaText input)
      throws IOException {
    return JSON.readTree(
        OutputFormat.json()
            .encoder(kind, "out", true)
            .encode(new Scored<>(input, result, STAMP), 1));
  }
}
