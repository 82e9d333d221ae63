package io.flinkinference.table;

import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.data.binary.BinaryStringDataUtil;
import org.apache.flink.table.runtime.functions.SqlFunctionUtils;
import org.apache.flink.table.types.DataType;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class EntityColumnsTest {

  private static final String TEXT = "\uD83D\uDE00 Angela Merkel"; // An emoji: two units.
  private static final Entities RESULT =
      new Entities(List.of(Entity.of("PER", 0.5f, 3, 16, TEXT)), null);

  private static Optional<FieldWriter<Entities>> writer(DataTypes.Field... fields) {
    return EntityColumns.UNREDACTED
        .get(0)
        .writer()
        .apply(DataTypes.ARRAY(DataTypes.ROW(fields)).getLogicalType());
  }

  /** Of the one entity, as a task manager has it. */
  private static RowData row(DataTypes.Field... fields) throws Exception {
    FieldWriter<Entities> writer = InstantiationUtil.clone(writer(fields).orElseThrow());
    assertThat(writer.write(Outcome.ofNull())).isNull();
    ArrayData rows = (ArrayData) writer.write(new Outcome<>(RESULT, null, null));
    assertThat(rows.size()).isEqualTo(1);
    return rows.getRow(0, fields.length);
  }

  @Test
  void aRowHasTheFieldsThatAreDeclaredInTheirOrder() throws Exception {
    RowData row =
        row(
            FIELD("text", DataTypes.STRING()),
            FIELD("startCodePoint", DataTypes.INT()),
            FIELD("endCodePoint", DataTypes.INT()),
            FIELD("start", DataTypes.INT()),
            FIELD("end", DataTypes.INT()),
            FIELD("score", DataTypes.DOUBLE()),
            FIELD("label", DataTypes.STRING()));

    assertThat(row.getString(0)).hasToString("Angela Merkel");
    assertThat(row.getInt(1)).isEqualTo(2);
    assertThat(row.getInt(2)).isEqualTo(15);
    assertThat(row.getInt(3)).isEqualTo(3);
    assertThat(row.getInt(4)).isEqualTo(16);
    assertThat(row.getDouble(5)).isEqualTo(0.5);
    assertThat(row.getString(6)).hasToString("PER");
  }

  /** As docs/sql.md says of Flink's functions. */
  @Test
  void substringTakesCodePointsAndOverlayTakesUnits() throws Exception {
    RowData row =
        row(
            FIELD("startCodePoint", DataTypes.INT()),
            FIELD("endCodePoint", DataTypes.INT()),
            FIELD("start", DataTypes.INT()),
            FIELD("end", DataTypes.INT()));

    assertThat(
            BinaryStringDataUtil.substringSQL(
                BinaryStringData.fromString(TEXT),
                row.getInt(0) + 1,
                row.getInt(1) - row.getInt(0)))
        .hasToString("Angela Merkel");
    assertThat(
            SqlFunctionUtils.overlay(TEXT, "***", row.getInt(2) + 1, row.getInt(3) - row.getInt(2)))
        .isEqualTo("\uD83D\uDE00 ***");
  }

  @Test
  void otherFieldsAndTypesAreRefused() {
    assertThat(writer(FIELD("start", DataTypes.BIGINT()))).isEmpty();
    assertThat(writer(FIELD("label", DataTypes.STRING()), FIELD("stop", DataTypes.INT())))
        .isEmpty();
    assertThat(columns(DataTypes.STRING())).isEmpty();
    assertThat(columns(DataTypes.ARRAY(DataTypes.STRING()))).isEmpty();
  }

  private static Optional<FieldWriter<Entities>> columns(DataType type) {
    return EntityColumns.UNREDACTED.get(0).writer().apply(type.getLogicalType());
  }
}
