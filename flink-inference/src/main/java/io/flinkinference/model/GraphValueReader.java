package io.flinkinference.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a declared input or output ({@code ValueInfoProto}). Owned by one thread, used once. */
final class GraphValueReader {

  private static final int NAME = WireReader.tag(1, WireReader.BYTES);
  private static final int TYPE = WireReader.tag(2, WireReader.BYTES);
  private static final int TENSOR = WireReader.tag(1, WireReader.BYTES);
  private static final int ELEMENT = WireReader.tag(1, WireReader.VARINT);
  private static final int SHAPE = WireReader.tag(2, WireReader.BYTES);
  private static final int DIMENSION = WireReader.tag(1, WireReader.BYTES);
  private static final int SIZE = WireReader.tag(1, WireReader.VARINT);
  private static final int SYMBOL = WireReader.tag(2, WireReader.BYTES);

  private final WireReader in;
  private final List<String> shape = new ArrayList<>();
  private String name = "";
  private String type = "other";
  private String dimension;

  private GraphValueReader(WireReader in) {
    this.in = in;
  }

  /** Reads the message that the reader stands on. */
  static GraphValue read(WireReader in) throws IOException {
    GraphValueReader reader = new GraphValueReader(in);
    in.readMessage(reader::value);
    return new GraphValue(reader.name, reader.type, reader.shape);
  }

  private boolean value(int tag) throws IOException {
    if (tag == NAME) {
      name = in.readText();
    } else if (tag == TYPE) {
      in.readMessage(this::type);
    } else {
      return false;
    }
    return true;
  }

  private boolean type(int tag) throws IOException {
    if (tag == TENSOR) {
      in.readMessage(this::tensor);
      return true;
    }
    return false;
  }

  private boolean tensor(int tag) throws IOException {
    if (tag == ELEMENT) {
      type = typeName((int) in.readVarint());
    } else if (tag == SHAPE) {
      in.readMessage(this::shape);
    } else {
      return false;
    }
    return true;
  }

  private boolean shape(int tag) throws IOException {
    if (tag != DIMENSION) {
      return false;
    }
    dimension = "?";
    in.readMessage(this::dimension);
    shape.add(dimension);
    return true;
  }

  private boolean dimension(int tag) throws IOException {
    if (tag == SIZE) {
      dimension = Long.toString(in.readVarint());
    } else if (tag == SYMBOL) {
      dimension = in.readText();
    } else {
      return false;
    }
    return true;
  }

  /** Element types of onnx.proto. */
  private static String typeName(int type) {
    return switch (type) {
      case 1 -> "float32";
      case 2 -> "uint8";
      case 3 -> "int8";
      case 6 -> "int32";
      case 7 -> "int64";
      case 8 -> "string";
      case 9 -> "bool";
      case 10 -> "float16";
      case 11 -> "float64";
      case 16 -> "bfloat16";
      default -> "other";
    };
  }
}
