package io.flinkinference.table;

import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A column that a model may declare in its OUTPUT.
 *
 * @param name of the column
 * @param types that it may have, in words
 * @param writer for a declared type; empty where the column cannot have that type
 * @param <R> type of the result
 */
record OutputColumn<R>(
    String name, String types, Function<LogicalType, Optional<FieldWriter<R>>> writer) {

  @Override
  public String toString() {
    return name + " " + types;
  }
}
