package io.flinkinference.connectors.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.flinkinference.connectors.avro.AvroSchemas;
import io.flinkinference.connectors.avro.InferenceResult;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.connectors.testing.AvroValues;
import io.flinkinference.connectors.testing.RichRecords;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrichmentTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void allThatASchemaSaysIsKept() throws Exception {
    Schema enriched = Enrichment.schema(RichRecords.SCHEMA, "inference");

    var left = JSON.readTree(enriched.toString());
    ((ArrayNode) left.get("fields")).remove(RichRecords.SCHEMA.getFields().size());
    assertThat(left).isEqualTo(JSON.readTree(RichRecords.SCHEMA.toString()));
    assertThat(enriched.getField("price").schema().getLogicalType().getName()).isEqualTo("decimal");
    assertThat(enriched.getField("at").aliases()).containsExactly("time");
  }

  @Test
  void defaultsAreKeptWhateverTheyAre() {
    Schema spoiled =
        new Schema.Parser()
            .setValidateDefaults(false)
            .parse(
                """
                {"type": "record", "name": "Odd", "fields": [
                  {"name": "count", "type": "int", "default": "no int"},
                  {"name": "share", "type": "double", "default": 0.10}]}
                """);
    assertThat(Enrichment.schema(spoiled, "inference").toString())
        .contains("\"default\":\"no int\"")
        .contains("\"default\":0.1");
  }

  @Test
  void theFieldStandsAtTheEndAndIsNullByDefault() {
    Schema enriched = Enrichment.schema(AvroValues.REVIEW_1, "inference");

    Schema.Field added = enriched.getFields().get(AvroValues.REVIEW_1.getFields().size());
    assertThat(added.name()).isEqualTo("inference");
    assertThat(added.hasDefaultValue()).isTrue();
    assertThat(added.schema())
        .isEqualTo(
            Schema.createUnion(Schema.create(Schema.Type.NULL), AvroSchemas.inferenceResult()));
  }

  @Test
  void itIsAlwaysTheSameSchema() {
    assertThat(Enrichment.schema(RichRecords.SCHEMA, "inference").toString())
        .isEqualTo(Enrichment.schema(RichRecords.SCHEMA, "inference").toString());
  }

  @Test
  void eitherCanReadTheOther() {
    Schema enriched = Enrichment.schema(AvroValues.REVIEW_1, "inference");
    Schema next = Enrichment.schema(AvroValues.REVIEW_2, "inference");
    for (List<Schema> pair :
        List.of(
            List.of(AvroValues.REVIEW_1, enriched),
            List.of(enriched, next),
            List.of(AvroValues.REVIEW_1, next))) {
      assertThat(compatibility(pair.get(0), pair.get(1)))
          .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
      assertThat(compatibility(pair.get(1), pair.get(0)))
          .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }

  @Test
  void aSecondResultNamesTheTypesOfTheFirst() {
    Schema once = Enrichment.schema(RichRecords.SCHEMA, "sentiment");
    Schema twice = Enrichment.schema(once, "topic");
    assertThat(twice.getField("topic").schema()).isEqualTo(twice.getField("sentiment").schema());
    assertThat(twice.toString().split("\"name\":\"InferenceResult\"", -1)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ourOwnRecordsCanBeEnrichedToo(boolean ofGeneratedClass) {
    Schema scored = ofGeneratedClass ? ScoredText.getClassSchema() : AvroSchemas.scoredText();
    Schema enriched = Enrichment.schema(scored, "inference");
    Schema result = enriched.getField("inference").schema().getTypes().get(1);
    assertThat(result.getFullName()).isEqualTo(InferenceResult.class.getName());
    assertThat(result.getField("model").schema()).isEqualTo(scored.getField("model").schema());
  }

  @Test
  void typesThatTakeOurNamesMoveOursElsewhere() {
    Schema enriched =
        Enrichment.schema(holding(ofOurName("io.flinkinference.connectors.avro")), "x");
    Schema result = enriched.getField("x").schema().getTypes().get(1);
    assertThat(result.getFullName())
        .isEqualTo("io.flinkinference.connectors.avro.x.InferenceResult");
    assertThat(result.getField("model").schema().getFields()).hasSize(5);
    assertThat(enriched.getField("held").schema().getFields()).hasSize(1);
    assertThat(Enrichment.schema(enriched, "y").getField("y").schema().getTypes().get(1).getName())
        .isEqualTo("InferenceResult");
  }

  @Test
  void whereNoNameIsLeftItIsRefused() {
    Schema both =
        SchemaBuilder.record("shop.Odd")
            .fields()
            .name("one")
            .type(ofOurName("io.flinkinference.connectors.avro"))
            .noDefault()
            .name("two")
            .type(ofOurName("io.flinkinference.connectors.avro.x"))
            .noDefault()
            .endRecord();
    assertRefused(both, "x", "other types by the names of ours");
  }

  @Test
  void aRecordThatHoldsItselfIsEnrichedThroughout() {
    Schema enriched = Enrichment.schema(AvroValues.THREAD, "inference");
    Schema reply = enriched.getField("replies").schema().getElementType();
    assertThat((Object) reply).isSameAs(enriched);
  }

  @Test
  void whatCannotBeEnrichedIsRefused() {
    assertRefused(Schema.create(Schema.Type.STRING), "inference", "of the type STRING");
    assertRefused(
        Schema.createUnion(Schema.create(Schema.Type.NULL), AvroValues.REVIEW_1),
        "inference",
        "of the type UNION");
    assertRefused(AvroValues.REVIEW_1, "body", "shop.Review has the field body already");
    assertRefused(RichRecords.SCHEMA, "time", "shop.Order has the field at already");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1st", "a.b", "a-b", "größe"})
  void namesThatAvroDoesNotTakeAreRefusedAtOnce(String name) {
    assertThatThrownBy(() -> Enrichment.requireName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  private static void assertRefused(Schema schema, String field, String why) {
    assertThatThrownBy(() -> Enrichment.schema(schema, field))
        .isInstanceOfSatisfying(
            UnscorableException.class,
            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.UNDECODABLE))
        .hasMessageContaining(why);
  }

  private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
  }

  private static Schema ofOurName(String namespace) {
    return SchemaBuilder.record("ModelStamp")
        .namespace(namespace)
        .fields()
        .requiredInt("other")
        .endRecord();
  }

  private static Schema holding(Schema held) {
    return SchemaBuilder.record("shop.Odd")
        .fields()
        .name("held")
        .type(held)
        .noDefault()
        .endRecord();
  }
}
