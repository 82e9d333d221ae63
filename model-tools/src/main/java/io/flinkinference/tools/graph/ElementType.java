package io.flinkinference.tools.graph;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;

/** Type of a tensor's elements, as far as text models have them. */
public enum ElementType {
  FLOAT(DataType.FLOAT, 4),
  FLOAT16(DataType.FLOAT16, 2),
  DOUBLE(DataType.DOUBLE, 8),
  INT8(DataType.INT8, 1),
  UINT8(DataType.UINT8, 1),
  INT32(DataType.INT32, 4),
  INT64(DataType.INT64, 8),
  BOOL(DataType.BOOL, 1);

  private final DataType onnx;
  private final int bytes;

  ElementType(DataType onnx, int bytes) {
    this.onnx = onnx;
    this.bytes = bytes;
  }

  /** Its number in the format. */
  public int onnx() {
    return onnx.getNumber();
  }

  /** Bytes that an element takes. */
  public int bytes() {
    return bytes;
  }

  /**
   * The type with a number of the format.
   *
   * @throws GraphException if it is another
   */
  static ElementType of(int onnx) {
    return Arrays.stream(values())
        .filter(type -> type.onnx() == onnx)
        .findFirst()
        .orElseThrow(
            () ->
                new GraphException(
                    "Weights of type "
                        + name(onnx)
                        + " are not known here. Export the model as fp32."));
  }

  /** Newer versions of the format have types that the classes it is read with have no name for. */
  private static String name(int onnx) {
    DataType type = DataType.forNumber(onnx);
    return type == null ? "number " + onnx : type.toString();
  }
}
