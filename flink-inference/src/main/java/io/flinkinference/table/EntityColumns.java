package io.flinkinference.table;

import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** The columns of tasks that find parts of a text. */
final class EntityColumns {

  private static final String REDACTED = "redacted";

  /** What the row of an entity may have, by the names that the parts have in JSON and Avro too. */
  private static final List<Part> PARTS =
      List.of(
          new Part("label", Types::isString, entity -> StringData.fromString(entity.label())),
          new Part("score", Types::isDouble, entity -> (double) entity.score()),
          new Part("start", Types::isInt, Entity::start),
          new Part("end", Types::isInt, Entity::end),
          new Part("startCodePoint", Types::isInt, Entity::startCodePoint),
          new Part("endCodePoint", Types::isInt, Entity::endCodePoint),
          new Part("text", Types::isString, entity -> StringData.fromString(entity.text())));

  private static final OutputColumn<Entities> ENTITIES =
      new OutputColumn<>(
          "entities",
          "ARRAY<ROW<label STRING, score DOUBLE, `start` INT, `end` INT, startCodePoint INT,"
              + " endCodePoint INT, text STRING>>, or of some of these fields",
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
    if (!(Types.element(type).orElse(null) instanceof RowType row)) {
      return Optional.empty();
    }
    ArrayList<PartWriter> writers = new ArrayList<>();
    for (RowType.RowField field : row.getFields()) {
      Optional<Part> part =
          PARTS.stream()
              .filter(known -> known.name().equals(field.getName()))
              .filter(known -> known.fits().test(field.getType()))
              .findFirst();
      if (part.isEmpty()) {
        return Optional.empty();
      }
      writers.add(part.get().writer());
    }
    return Optional.of(outcome -> write(outcome, writers));
  }

  private static Object write(Outcome<Entities> outcome, List<PartWriter> writers) {
    if (outcome.result() == null) {
      return null;
    }
    return new GenericArrayData(
        outcome.result().entities().stream().map(entity -> row(entity, writers)).toArray());
  }

  private static GenericRowData row(Entity entity, List<PartWriter> writers) {
    GenericRowData row = new GenericRowData(writers.size());
    for (int i = 0; i < writers.size(); i++) {
      row.setField(i, writers.get(i).write(entity));
    }
    return row;
  }

  /**
   * A field of an entity's row.
   *
   * @param fits whether it may have a type
   */
  private record Part(String name, Predicate<LogicalType> fits, PartWriter writer) {}

  /** Writes a part of an entity. */
  @FunctionalInterface
  private interface PartWriter extends Serializable {
    Object write(Entity entity);
  }
}
