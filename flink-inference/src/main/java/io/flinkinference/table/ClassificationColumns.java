package io.flinkinference.table;

import io.flinkinference.result.Classification;
import io.flinkinference.result.LabelScore;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;

/** The columns of tasks that rank labels. */
final class ClassificationColumns {

  static final String LABELS = "labels";

  /** The best label, its score, and all of them. */
  static final List<OutputColumn<Classification>> ALL =
      List.of(
          new OutputColumn<>(
              "label",
              "STRING",
              type ->
                  Types.isString(type)
                      ? Optional.of(best(ClassificationColumns::name))
                      : Optional.empty()),
          new OutputColumn<>(
              "score", "DOUBLE or FLOAT", type -> score(type).map(ClassificationColumns::best)),
          new OutputColumn<>(
              LABELS,
              "ARRAY<ROW<label STRING, score DOUBLE or FLOAT>>",
              ClassificationColumns::ranked));

  private ClassificationColumns() {}

  private static FieldWriter<Classification> best(LabelWriter writer) {
    return outcome ->
        outcome.result() == null || outcome.result().isEmpty()
            ? null
            : writer.write(outcome.result().top());
  }

  private static StringData name(LabelScore label) {
    return StringData.fromString(label.label());
  }

  private static Optional<LabelWriter> score(LogicalType type) {
    if (Types.isDouble(type)) {
      return Optional.of(label -> (double) label.score());
    }
    return Types.isFloat(type) ? Optional.of(LabelScore::score) : Optional.empty();
  }

  private static Optional<FieldWriter<Classification>> ranked(LogicalType type) {
    Optional<List<LogicalType>> fields =
        Types.element(type).flatMap(row -> Types.fields(row, "label", "score"));
    if (fields.isEmpty() || !Types.isString(fields.get().get(0))) {
      return Optional.empty();
    }
    return score(fields.get().get(1)).map(score -> outcome -> ranked(outcome, score));
  }

  private static GenericArrayData ranked(Outcome<Classification> outcome, LabelWriter score) {
    if (outcome.result() == null) {
      return null;
    }
    List<LabelScore> labels = outcome.result().labels();
    Object[] rows = new Object[labels.size()];
    for (int i = 0; i < rows.length; i++) {
      LabelScore label = labels.get(i);
      rows[i] = GenericRowData.of(name(label), score.write(label));
    }
    return new GenericArrayData(rows);
  }

  /** Writes a part of a label. */
  @FunctionalInterface
  private interface LabelWriter extends Serializable {
    Object write(LabelScore label);
  }
}
