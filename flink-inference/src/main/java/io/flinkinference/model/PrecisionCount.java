package io.flinkinference.model;

import java.util.Set;

/**
 * Finds the precision of a graph from its operators and weights.
 *
 * <p>A graph with a quantised operator is {@code int8}. Without one, the element type that most
 * floating-point weights have decides. Operators are those of ONNX and of ONNX Runtime's {@code
 * com.microsoft} domain (<a
 * href="https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md">list</a>).
 */
final class PrecisionCount {

  private static final int FLOAT = 1;
  private static final int FLOAT16 = 10;
  private static final int BFLOAT16 = 16;

  private static final Set<String> QUANTIZED =
      Set.of(
          "QuantizeLinear",
          "DequantizeLinear",
          "MatMulInteger",
          "MatMulInteger16",
          "MatMulIntegerToFloat",
          "ConvInteger",
          "MatMulNBits",
          "MatMulBnb4",
          "GatherBlockQuantized",
          "QAttention",
          "QOrderedAttention",
          "QOrderedMatMul",
          "QEmbedLayerNormalization",
          "QGemm");

  private boolean quantized;
  private boolean quantizesPerBatch;
  private long floats;
  private long halves;
  private long brainFloats;

  void addOperator(String type) {
    // DynamicQuantizeLinear, …MatMul and …LSTM take one scale from all that is in the batch.
    quantizesPerBatch |= type.startsWith("DynamicQuantize");
    quantized |= quantizesPerBatch || type.startsWith("QLinear") || QUANTIZED.contains(type);
  }

  void addWeights(long dataType, long elements) {
    if (dataType == FLOAT) {
      floats += elements;
    } else if (dataType == FLOAT16) {
      halves += elements;
    } else if (dataType == BFLOAT16) {
      brainFloats += elements;
    }
  }

  /**
   * Whether a row's outputs depend on the batch: activations are quantised at run time, with a
   * scale taken over the whole batch, or sums are rounded to 16 bits, in an order that depends on
   * the shape.
   */
  boolean variesByBatch() {
    return quantizesPerBatch || name().equals("fp16");
  }

  /** Whether the weights are of a form for which there is no name here. */
  boolean isBrainFloat() {
    return !quantized && brainFloats > floats + halves;
  }

  /** {@code fp32}, {@code fp16} or {@code int8}. */
  String name() {
    if (quantized) {
      return "int8";
    }
    return halves > floats ? "fp16" : "fp32";
  }
}
