package io.flinkinference.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class ResultsColumnsTest {

  private static final List<OutputColumn<Results>> COLUMNS = ResultsColumns.of(columns());

  private static Map<String, List<? extends OutputColumn<?>>> columns() {
    Map<String, List<? extends OutputColumn<?>>> columns = new LinkedHashMap<>();
    columns.put("topic", ClassificationColumns.ALL);
    columns.put("vector", EmbeddingColumns.ALL);
    return columns;
  }

  @Test
  void aTaskIsARowOfTheColumnsThatItHasAlone() throws Exception {
    DataType type =
        DataTypes.ROW(
            DataTypes.FIELD("score", DataTypes.DOUBLE()),
            DataTypes.FIELD("label", DataTypes.STRING()));
    FieldWriter<Results> writer =
        InstantiationUtil.clone(COLUMNS.get(0).writer().apply(type.getLogicalType()).orElseThrow());
    assertThat(writer.write(new Outcome<>(results(), null, null)))
        .isEqualTo(GenericRowData.of(0.5, StringData.fromString("sport")));
    assertThat(writer.write(Outcome.ofNull())).isNull();

    DataType vector =
        DataTypes.ROW(DataTypes.FIELD("embedding", DataTypes.ARRAY(DataTypes.FLOAT())));
    Object row =
        COLUMNS
            .get(1)
            .writer()
            .apply(vector.getLogicalType())
            .orElseThrow()
            .write(new Outcome<>(results(), null, null));
    assertThat(((RowData) row).getArray(0).toFloatArray()).containsExactly(1, 2);
  }

  @Test
  void otherTypesAndFieldsAreRefused() {
    DataType unknown = DataTypes.ROW(DataTypes.FIELD("embedding", DataTypes.STRING()));
    assertThat(COLUMNS.get(0).writer().apply(unknown.getLogicalType())).isEmpty();
    assertThat(COLUMNS.get(0).writer().apply(DataTypes.STRING().getLogicalType())).isEmpty();
    assertThat(COLUMNS.get(0)).hasToString("topic a ROW of some of: " + own());
  }

  /** A text without a label has NULL in its row. */
  @Test
  void fieldsThatAreNotNullAreRefusedAsColumnsAre() {
    DataType type = DataTypes.ROW(DataTypes.FIELD("label", DataTypes.STRING().notNull()));
    assertThatThrownBy(() -> COLUMNS.get(0).writer().apply(type.getLogicalType()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("'topic.label' of OUTPUT is declared NOT NULL")
        .hasMessageContaining("Leave NOT NULL out.");
  }

  private static String own() {
    return String.join("; ", ClassificationColumns.ALL.stream().map(Object::toString).toList());
  }

  private static Results results() {
    Map<String, Object> byName = new LinkedHashMap<>();
    byName.put("topic", new Classification(List.of(new LabelScore("sport", 0.5f))));
    byName.put("vector", new Embedding(new float[] {1, 2}));
    return new Results(byName);
  }
}
