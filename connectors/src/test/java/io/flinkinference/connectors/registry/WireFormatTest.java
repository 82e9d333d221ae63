package io.flinkinference.connectors.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class WireFormatTest {

  private static final Schema REVIEW =
      SchemaBuilder.record("shop.Review").fields().requiredString("text").endRecord();

  @Test
  void theNumberStandsBehindAZeroTheHighestByteFirst() {
    assertThat(WireFormat.prefix(0x01020304)).containsExactly(0, 1, 2, 3, 4);
    assertThat(WireFormat.schemaId(new byte[] {0, 1, 2, 3, 4, 99})).isEqualTo(0x01020304);
  }

  @Test
  void otherValuesAreRefused() {
    assertThatThrownBy(() -> WireFormat.schemaId(new byte[] {0, 1, 2}))
        .hasMessageContaining("3 bytes is too short");
    assertThatThrownBy(
            () -> WireFormat.schemaId("text!".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .hasMessageContaining("begins with the byte 116");
  }

  @Test
  void subjectsAreNamedAsConfluentNamesThem() {
    assertThat(SubjectNaming.TOPIC.subject("reviews", REVIEW)).isEqualTo("reviews-value");
    assertThat(SubjectNaming.RECORD.subject("reviews", REVIEW)).isEqualTo("shop.Review");
    assertThat(SubjectNaming.TOPIC_RECORD.subject("reviews", REVIEW))
        .isEqualTo("reviews-shop.Review");
    assertThatThrownBy(() -> SubjectNaming.RECORD.subject("t", Schema.create(Schema.Type.STRING)))
        .hasMessageContaining("Name subjects by the topic");
  }
}
