package io.flinkinference.tools.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Map;

/** The value of a node {@code Constant}, in whichever attribute it is. */
final class ConstantNodes {

  private ConstantNodes() {}

  static TensorProto value(Node node) {
    Map<String, AttributeProto> attributes = node.attributes();
    for (AttributeProto one : attributes.values()) {
      switch (one.getName()) {
        case "value" -> {
          return one.getT();
        }
        case "value_float" -> {
          return TensorProto.newBuilder()
              .setDataType(DataType.FLOAT.getNumber())
              .addFloatData(one.getF())
              .build();
        }
        case "value_floats" -> {
          return TensorProto.newBuilder()
              .setDataType(DataType.FLOAT.getNumber())
              .addDims(one.getFloatsCount())
              .addAllFloatData(one.getFloatsList())
              .build();
        }
        case "value_int" -> {
          return TensorProto.newBuilder()
              .setDataType(DataType.INT64.getNumber())
              .addInt64Data(one.getI())
              .build();
        }
        case "value_ints" -> {
          return TensorProto.newBuilder()
              .setDataType(DataType.INT64.getNumber())
              .addDims(one.getIntsCount())
              .addAllInt64Data(one.getIntsList())
              .build();
        }
        default -> {}
      }
    }
    throw new GraphException(
        "The constant "
            + node.output()
            + " has a form that is not known: "
            + attributes.keySet()
            + ". Export it with constants that are tensors or numbers.");
  }
}
