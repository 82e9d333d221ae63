package io.flinkinference.connectors.output;

import static io.flinkinference.connectors.Samples.STAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.connectors.Samples;
import io.flinkinference.connectors.ScoredTexts;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Results;
import io.flinkinference.result.Scored;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.junit.jupiter.api.Test;

class ResultsKindTest {

  private static final ResultKind<Results> KIND = ResultKind.results(kinds());

  private static Map<String, ResultKind<?>> kinds() {
    Map<String, ResultKind<?>> kinds = new LinkedHashMap<>();
    kinds.put("topic", ResultKind.classification());
    kinds.put("mood", ResultKind.classification());
    kinds.put("vector", ResultKind.embedding());
    return kinds;
  }

  @Test
  void jsonHasAnObjectOfEachTask() throws IOException {
    JsonNode results = new ObjectMapper().readTree(encode(OutputFormat.json())).get("results");
    assertThat(results.at("/topic/labels/0")).hasToString("{\"label\":\"sport\",\"score\":0.5}");
    assertThat(results.at("/topic/embedding").isNull()).isTrue();
    assertThat(results.at("/mood/labels")).isEmpty();
    assertThat(results.at("/vector/embedding")).hasToString("[1.0,2.0]");
    assertThat(results.at("/vector/entities")).isEmpty();
    assertThat(results.fieldNames()).toIterable().containsExactly("topic", "mood", "vector");
  }

  @Test
  void plainAvroHasARecordOfEachTask() throws IOException {
    GenericRecord record =
        new BinaryMessageDecoder<GenericRecord>(new GenericData(), KIND.plainSchema())
            .decode(encode(OutputFormat.plain()));
    assertThat(((GenericRecord) record.get("topic")).get("label")).hasToString("sport");
    assertThat(((GenericRecord) record.get("mood")).get("label")).isNull();
    assertThat(((GenericRecord) record.get("vector")).get("embedding")).isEqualTo(List.of(1f, 2f));
  }

  @Test
  void aReaderOfOneTaskMoreReadsRecordsWithoutIt() {
    Map<String, ResultKind<?>> more = new LinkedHashMap<>(kinds());
    more.put("tone", ResultKind.classification());
    more.put("names", ResultKind.entities());
    more.put("other", ResultKind.embedding());
    Schema reader = new ResultsKind(more).plainSchema();
    assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, KIND.plainSchema()))
        .extracting(SchemaCompatibility.SchemaPairCompatibility::getType)
        .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
  }

  @Test
  void formatsWithAPlaceForOneResultAreRefusedBeforeTheStart() {
    assertThatThrownBy(
            () -> ScoredTexts.results("localhost:9092", "out", kinds()).atLeastOnce().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[topic, mood, vector]")
        .hasMessageContaining("OutputFormat.json()");
    assertThat(
            ScoredTexts.results("localhost:9092", "out", kinds())
                .format(OutputFormat.json())
                .atLeastOnce()
                .build())
        .isNotNull();
  }

  @Test
  void namesThatAvroDoesNotKnowAreRefusedInPlainAvroBeforeTheStart() {
    assertThatThrownBy(
            () ->
                ScoredTexts.results(
                        "localhost:9092", "out", Map.of("my topic", ResultKind.classification()))
                    .format(OutputFormat.plain())
                    .atLeastOnce()
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'my topic'");
  }

  private static byte[] encode(OutputFormat format) {
    Map<String, Object> byName = new LinkedHashMap<>();
    byName.put("topic", new Classification(List.of(new LabelScore("sport", 0.5f))));
    byName.put("mood", Classification.EMPTY);
    byName.put("vector", new Embedding(new float[] {1, 2}));
    return format
        .encoder(KIND, "out", false)
        .encode(new Scored<>(Samples.text(null), new Results(byName), STAMP), 1);
  }
}
