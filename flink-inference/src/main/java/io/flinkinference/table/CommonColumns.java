package io.flinkinference.table;

import io.flinkinference.result.ModelStamp;
import io.flinkinference.result.UnscorableException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.StringData;

/** Columns that each task offers beside those of its result. */
final class CommonColumns {

  private CommonColumns() {}

  /** Why a text could not be scored. */
  static <R> List<OutputColumn<R>> ofErrors() {
    return List.of(
        error("error", UnscorableException::getMessage),
        error("error_reason", failure -> failure.reason().name()));
  }

  /** What produced the result. */
  static <R> List<OutputColumn<R>> ofTheModel() {
    return List.of(
        stamp("model_name", ModelStamp::name),
        stamp("model_sha256", ModelStamp::sha256),
        stamp("model_precision", ModelStamp::precision),
        stamp("model_device", ModelStamp::device),
        new OutputColumn<>(
            "model_batch_invariant",
            "BOOLEAN",
            type ->
                Types.isBoolean(type)
                    ? Optional.of(
                        outcome ->
                            outcome.stamp() == null ? null : outcome.stamp().batchInvariant())
                    : Optional.empty()));
  }

  private static <R> OutputColumn<R> error(String name, Text<UnscorableException> text) {
    return string(name, outcome -> write(outcome.failure(), text));
  }

  private static <R> OutputColumn<R> stamp(String name, Text<ModelStamp> text) {
    return string(name, outcome -> write(outcome.stamp(), text));
  }

  private static <R> OutputColumn<R> string(String name, FieldWriter<R> writer) {
    return new OutputColumn<>(
        name, "STRING", type -> Types.isString(type) ? Optional.of(writer) : Optional.empty());
  }

  private static <T> StringData write(T value, Text<T> text) {
    return value == null ? null : StringData.fromString(text.of(value));
  }

  /** A text about a value. */
  @FunctionalInterface
  private interface Text<T> extends Serializable {
    String of(T value);
  }
}
