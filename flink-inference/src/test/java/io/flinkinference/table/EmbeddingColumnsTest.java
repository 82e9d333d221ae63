package io.flinkinference.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.result.Embedding;
import org.apache.flink.table.api.DataTypes;
import org.junit.jupiter.api.Test;

class EmbeddingColumnsTest {

  @Test
  void bytesAreThoseOfTheVector() {
    FieldWriter<Embedding> writer =
        EmbeddingColumns.QUANTIZED
            .get(0)
            .writer()
            .apply(DataTypes.BYTES().getLogicalType())
            .orElseThrow();
    byte[] bytes = {1, -128};
    assertThat(writer.write(new Outcome<>(Embedding.quantized(bytes), null, null)))
        .isEqualTo(bytes);
    assertThat(writer.write(new Outcome<>(Embedding.EMPTY, null, null))).isEqualTo(new byte[0]);
    assertThat(writer.write(Outcome.ofNull())).isNull();
  }
}
