package io.flinkinference.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A node of a graph while it is read. */
final class GraphNode {

  private static final int INT_ATTRIBUTE = WireReader.tag(3, WireReader.VARINT);
  private static final int ATTRIBUTE_NAME = WireReader.tag(1, WireReader.BYTES);

  /** What ONNX Runtime takes where the attribute is left out. */
  private static final long DEFAULT_BITS = 4;

  String operator = "";
  final List<String> inputs = new ArrayList<>();
  private long bits = DEFAULT_BITS;
  private String attribute = "";

  /** Reads a part of an attribute that every node has. */
  boolean attribute(int tag, WireReader in) throws IOException {
    if (tag == ATTRIBUTE_NAME) {
      attribute = in.readText();
    } else if (tag == INT_ATTRIBUTE && attribute.equals("bits")) {
      bits = in.readVarint();
    } else {
      return false;
    }
    return true;
  }

  boolean isFourBit() {
    return operator.equals("MatMulBnb4")
        || (bits == DEFAULT_BITS
            && (operator.equals("MatMulNBits") || operator.equals("GatherBlockQuantized")));
  }
}
