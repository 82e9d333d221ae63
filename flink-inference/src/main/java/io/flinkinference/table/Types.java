package io.flinkinference.table;

import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** Questions about declared types. */
final class Types {

  private Types() {}

  /** A shorter VARCHAR would cut labels and messages off. */
  static boolean isString(LogicalType type) {
    return type instanceof VarCharType text && text.getLength() == VarCharType.MAX_LENGTH;
  }

  /** A shorter VARBINARY would cut vectors off. */
  static boolean isBytes(LogicalType type) {
    return type instanceof VarBinaryType bytes && bytes.getLength() == VarBinaryType.MAX_LENGTH;
  }

  static boolean isBoolean(LogicalType type) {
    return type.is(LogicalTypeRoot.BOOLEAN);
  }

  static boolean isInt(LogicalType type) {
    return type.is(LogicalTypeRoot.INTEGER);
  }

  static boolean isFloat(LogicalType type) {
    return type.is(LogicalTypeRoot.FLOAT);
  }

  static boolean isDouble(LogicalType type) {
    return type.is(LogicalTypeRoot.DOUBLE);
  }

  /** Type of the elements of an array. */
  static Optional<LogicalType> element(LogicalType type) {
    return type instanceof ArrayType array ? Optional.of(array.getElementType()) : Optional.empty();
  }

  /** Types of the fields of a row that has just these, in this order. */
  static Optional<List<LogicalType>> fields(LogicalType type, String... names) {
    return type instanceof RowType row && row.getFieldNames().equals(List.of(names))
        ? Optional.of(row.getChildren())
        : Optional.empty();
  }
}
