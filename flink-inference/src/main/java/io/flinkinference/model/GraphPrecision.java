package io.flinkinference.model;

import java.util.List;

/** Which of a model's graphs is wanted, by the precision of its weights. */
public enum GraphPrecision {
  /** The one that stands out: model.onnx, or the only one. */
  AUTO,
  /** 32-bit floats. */
  FP32,
  /** 16-bit floats. */
  FP16,
  /** Quantised to 8 bits. */
  INT8;

  /** Names that transformers.js and optimum give such graphs, the one to be preferred first. */
  List<String> names() {
    return switch (this) {
      case AUTO -> List.of("model.onnx");
      case FP32 -> List.of("model.onnx", "model_fp32.onnx");
      case FP16 -> List.of("model.onnx", "model_fp16.onnx");
      case INT8 ->
          List.of("model.onnx", "model_quantized.onnx", "model_int8.onnx", "model_uint8.onnx");
    };
  }

  /** Whether a graph is of it. */
  boolean accepts(GraphFacts facts) {
    return this == AUTO || name().equalsIgnoreCase(facts.precision());
  }
}
