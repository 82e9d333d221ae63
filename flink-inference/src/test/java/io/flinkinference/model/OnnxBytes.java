package io.flinkinference.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds protocol buffers messages, of which tests make ONNX files without weights. */
final class OnnxBytes {

  private static final int FLOAT = 1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A model of the given operators with a single fp32 weight. */
  static byte[] modelOf(String... operators) {
    OnnxBytes graph = new OnnxBytes();
    for (String operator : operators) {
      graph.message(1, node(operator));
    }
    return model(graph.message(5, tensor(FLOAT, 2, 3)));
  }

  static byte[] model(OnnxBytes graph) {
    return new OnnxBytes()
        .varint(1, 8)
        .text(2, "a producer")
        .message(7, graph)
        .message(8, new OnnxBytes().text(1, "").varint(2, 17))
        .message(8, new OnnxBytes().text(1, "com.microsoft").varint(2, 1))
        .bytes();
  }

  static OnnxBytes node(String operator) {
    return new OnnxBytes().text(1, "input").text(4, operator);
  }

  /** A graph that looks rows of a table up. */
  static OnnxBytes lookup(String table, String ids) {
    OnnxBytes gather = new OnnxBytes().text(1, table).text(1, ids).text(4, "Gather");
    return new OnnxBytes().message(1, gather);
  }

  static OnnxBytes tensor(int dataType, long... dims) {
    OnnxBytes tensor = new OnnxBytes();
    for (long dim : dims) {
      tensor.varint(1, dim);
    }
    return tensor.varint(2, dataType);
  }

  static OnnxBytes externalTensor(String location) {
    return tensor(FLOAT, 2, 3)
        .message(13, new OnnxBytes().text(1, "location").text(2, location))
        .message(13, new OnnxBytes().text(1, "offset").text(2, "100"))
        .message(13, new OnnxBytes().text(1, "length").text(2, "24"));
  }

  OnnxBytes varint(int field, long value) {
    raw((long) field << 3);
    raw(value);
    return this;
  }

  OnnxBytes text(int field, String text) {
    return message(field, text.getBytes(StandardCharsets.UTF_8));
  }

  OnnxBytes message(int field, OnnxBytes message) {
    return message(field, message.bytes());
  }

  OnnxBytes message(int field, byte[] message) {
    raw((long) field << 3 | 2);
    raw(message.length);
    out.writeBytes(message);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private void raw(long varint) {
    long rest = varint;
    for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
      out.write((int) ((rest & 0x7F) | 0x80));
    }
    out.write((int) rest);
  }
}
