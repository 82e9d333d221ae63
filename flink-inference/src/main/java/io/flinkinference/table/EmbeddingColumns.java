package io.flinkinference.table;

import io.flinkinference.result.Embedding;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.types.logical.LogicalType;

/** The column of tasks whose result is a vector. */
final class EmbeddingColumns {

  static final List<OutputColumn<Embedding>> ALL =
      List.of(
          new OutputColumn<>(
              "embedding", "ARRAY<FLOAT> or ARRAY<DOUBLE>", EmbeddingColumns::writer));

  /** Of vectors of bytes. */
  static final List<OutputColumn<Embedding>> QUANTIZED =
      List.of(
          new OutputColumn<>(
              "embedding", "BYTES, ARRAY<FLOAT> or ARRAY<DOUBLE>", EmbeddingColumns::quantized));

  private static final byte[] NONE = {};

  private EmbeddingColumns() {}

  private static Optional<FieldWriter<Embedding>> quantized(LogicalType type) {
    return Types.isBytes(type) ? Optional.of(EmbeddingColumns::bytes) : writer(type);
  }

  private static byte[] bytes(Outcome<Embedding> outcome) {
    if (outcome.result() == null) {
      return null;
    }
    return outcome.result().isQuantized() ? outcome.result().bytes() : NONE; // That of no text.
  }

  private static Optional<FieldWriter<Embedding>> writer(LogicalType type) {
    return Types.element(type).flatMap(EmbeddingColumns::ofElements);
  }

  private static Optional<FieldWriter<Embedding>> ofElements(LogicalType element) {
    if (Types.isFloat(element)) {
      return Optional.of(
          outcome ->
              outcome.result() == null ? null : new GenericArrayData(outcome.result().values()));
    }
    return Types.isDouble(element) ? Optional.of(EmbeddingColumns::doubles) : Optional.empty();
  }

  private static GenericArrayData doubles(Outcome<Embedding> outcome) {
    if (outcome.result() == null) {
      return null;
    }
    float[] floats = outcome.result().values();
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return new GenericArrayData(doubles);
  }
}
