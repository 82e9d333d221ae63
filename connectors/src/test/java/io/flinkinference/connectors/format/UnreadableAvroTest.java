package io.flinkinference.connectors.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.testing.AvroValues;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values that no reader of Avro takes are refused before they are handed on. */
class UnreadableAvroTest {

  @Test
  void aBlockOfTrillionsOfNothingIsRefusedAtOnce() {
    Schema nulls =
        SchemaBuilder.record("R")
            .fields()
            .name("nothings")
            .type(Schema.createArray(Schema.create(Schema.Type.NULL)))
            .noDefault()
            .requiredString("text")
            .endRecord();
    AvroText text = AvroText.field("text", AvroEncoding.bare(nulls));
    assertRefused(
        text,
        new byte[] {-2, -1, -1, -1, -1, -1, -1, -1, 127, 0, 2, 'x'},
        "items or records of no bytes");
    assertThat(text.apply(Values.record(new byte[] {6, 4, 0, 2, 'x'}))).isEqualTo("x");
  }

  /** Forty-five schemas that double: as many records as no reader comes to the end of. */
  @Test
  @Timeout(60)
  void recordsOfNothingTwoByTwoAreRefused() {
    Schema doubling = SchemaBuilder.record("R0").fields().endRecord();
    for (int i = 1; i <= 45; i++) {
      doubling =
          SchemaBuilder.record("R" + i)
              .fields()
              .name("one")
              .type(doubling)
              .noDefault()
              .name("other")
              .type(doubling)
              .noDefault()
              .endRecord();
    }
    Schema value =
        SchemaBuilder.record("Value")
            .fields()
            .name("junk")
            .type(doubling)
            .noDefault()
            .requiredString("text")
            .endRecord();
    AvroText text = AvroText.field("text", AvroEncoding.bare(value));
    assertRefused(text, new byte[] {2, 'x'}, "items or records of no bytes");
  }

  @Test
  void valuesNestedWithoutEndAreRefused() {
    AvroText text = AvroText.field("text", AvroEncoding.bare(AvroValues.THREAD));
    // Each thread is a record and its list of replies.
    assertThat(text.apply(Values.record(AvroValues.nestedThread(249)))).isEqualTo("a");
    assertThatThrownBy(() -> text.apply(Values.record(AvroValues.nestedThread(100_000))))
        .isInstanceOfSatisfying(
            UnscorableException.class,
            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.UNDECODABLE))
        .hasMessageContaining("nested deeper than 500 levels");
  }

  @Test
  void whatReadersWouldRefuseIsRefused() {
    Schema schema =
        SchemaBuilder.record("R")
            .fields()
            .name("kind")
            .type(Schema.createEnum("Kind", null, null, List.of("A", "B")))
            .noDefault()
            .requiredInt("count")
            .name("tags")
            .type(Schema.createArray(Schema.create(Schema.Type.STRING)))
            .noDefault()
            .requiredString("text")
            .endRecord();
    AvroText text = AvroText.field("text", AvroEncoding.bare(schema));
    byte[] sized = {2, 4, 1, 4, 2, 'a', 0, 2, 'x'};
    assertThat(text.apply(Values.record(sized))).isEqualTo("x");
    assertRefused(text, new byte[] {4, 4, 0, 2, 'x'}, "the enum Kind has no symbol 2");
    assertRefused(text, new byte[] {1, 4, 0, 2, 'x'}, "the enum Kind has no symbol -1");
    assertRefused(text, new byte[] {2, -1, -1, -1, -1, 127, 0, 2, 'x'}, "an int is said to be");
    assertRefused(text, new byte[] {2, 4, 1, 2, 2, 'a', 0, 2, 'x'}, "a block is said to have 1");
    assertRefused(text, new byte[] {2, 4, 1, 6, 2, 'a', 0, 2, 'x'}, "a block is said to have 3");
  }

  /** Seven bytes that say 1, where five are the most: a long takes them, an int does not. */
  @Test
  void numbersLongerThanReadersTakeAreRefused() {
    Schema text = Schema.create(Schema.Type.STRING);
    byte[] overlong = {-126, -128, -128, -128, -128, -128, 0, 2, 'x'};
    for (Schema number :
        List.of(
            Schema.create(Schema.Type.INT),
            Schema.createEnum("Kind", null, null, List.of("A", "B")),
            Schema.createUnion(text, Schema.create(Schema.Type.NULL)))) {
      assertRefused(before(number, text), overlong, "a number has more than 5 bytes");
    }
    AvroText behindLong = before(Schema.create(Schema.Type.LONG), text);
    assertThat(behindLong.apply(Values.record(overlong))).isEqualTo("x");
  }

  private static AvroText before(Schema number, Schema text) {
    Schema schema =
        SchemaBuilder.record("R")
            .fields()
            .name("number")
            .type(number)
            .noDefault()
            .name("text")
            .type(text)
            .noDefault()
            .endRecord();
    return AvroText.field("text", AvroEncoding.bare(schema));
  }

  /** A dead letter carries the message. */
  @Test
  void ofALargeSchemaOnlyTheBeginningIsShown() {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("Large").fields();
    for (int i = 0; i < 1_000; i++) {
      fields.requiredInt("field" + i);
    }
    AvroText text = AvroText.field("text", AvroEncoding.bare(fields.endRecord()));
    assertThatThrownBy(() -> text.apply(Values.record(new byte[0])))
        .isInstanceOf(UnscorableException.class)
        .hasMessageContaining("no text in a field text of the schema Large[field0, field1,")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_200).endsWith("...."));
  }

  private static void assertRefused(AvroText text, byte[] value, String why) {
    assertThatThrownBy(() -> text.apply(Values.record(value)))
        .isInstanceOf(UnscorableException.class)
        .hasMessageContaining(why);
  }
}
