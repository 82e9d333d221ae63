package io.flinkinference.table;

import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;

/** The columns of tasks that find parts of a text. */
final class EntityColumns {

  private static final String REDACTED = "redacted";

  private static final OutputColumn<Entities> ENTITIES =
      new OutputColumn<>(
          "entities",
          "ARRAY<ROW<label STRING, score DOUBLE, `start` INT, `end` INT, text STRING>>",
          EntityColumns::rows);

  static final List<OutputColumn<Entities>> ALL =
      List.of(
          ENTITIES,
          new OutputColumn<>(
              REDACTED,
              "STRING",
              type ->
                  Types.isString(type) ? Optional.of(EntityColumns::redacted) : Optional.empty()));

  /** Of a task that does not redact: the other column is there to say what it takes. */
  static final List<OutputColumn<Entities>> UNREDACTED =
      List.of(
          ENTITIES,
          new OutputColumn<>(REDACTED, "STRING, if redact is true", type -> refuseRedacted()));

  private EntityColumns() {}

  private static Optional<FieldWriter<Entities>> refuseRedacted() {
    throw new ValidationException(
        "The column 'redacted' would always be NULL, since redact is false. Set redact to true,"
            + " for a task of several as 'tasks.NAME.redact', or leave the column out.");
  }

  private static Object redacted(Outcome<Entities> outcome) {
    return outcome.result() == null ? null : StringData.fromString(outcome.result().redacted());
  }

  private static Optional<FieldWriter<Entities>> rows(LogicalType type) {
    return Types.element(type)
        .flatMap(row -> Types.fields(row, "label", "score", "start", "end", "text"))
        .filter(EntityColumns::fit)
        .map(fields -> EntityColumns::write);
  }

  private static boolean fit(List<LogicalType> fields) {
    return Types.isString(fields.get(0))
        && Types.isDouble(fields.get(1))
        && Types.isInt(fields.get(2))
        && Types.isInt(fields.get(3))
        && Types.isString(fields.get(4));
  }

  private static Object write(Outcome<Entities> outcome) {
    if (outcome.result() == null) {
      return null;
    }
    return new GenericArrayData(
        outcome.result().entities().stream().map(EntityColumns::row).toArray());
  }

  private static GenericRowData row(Entity entity) {
    return GenericRowData.of(
        StringData.fromString(entity.label()),
        (double) entity.score(),
        entity.start(),
        entity.end(),
        StringData.fromString(entity.text()));
  }
}
