package io.flinkinference.table;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/**
 * Writes a row of a model's OUTPUT. Travels with the job.
 *
 * <p><b>Thread safety:</b> has no state that changes.
 *
 * @param <R> type of the result
 */
final class RowWriter<R> implements Serializable {

  private static final long serialVersionUID = 1L;

  private final List<FieldWriter<R>> fields;

  /**
   * @param fields in the order of the columns
   */
  RowWriter(List<FieldWriter<R>> fields) {
    this.fields = List.copyOf(fields);
  }

  RowData write(Outcome<R> outcome) {
    GenericRowData row = new GenericRowData(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      row.setField(i, fields.get(i).write(outcome));
    }
    return row;
  }
}
