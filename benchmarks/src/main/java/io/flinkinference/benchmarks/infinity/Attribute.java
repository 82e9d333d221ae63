package io.flinkinference.benchmarks.infinity;

/** An attribute of a node, as onnx.proto writes it. */
record Attribute(Message message) {

  private static final int FLOAT = 1;
  private static final int INT = 2;
  private static final int INTS = 7;

  static Attribute of(String name, long value) {
    return new Attribute(new Message().text(1, name).number(3, value).number(20, INT));
  }

  static Attribute of(String name, float value) {
    return new Attribute(new Message().text(1, name).real(2, value).number(20, FLOAT));
  }

  static Attribute ofList(String name, long... values) {
    Message message = new Message().text(1, name);
    for (long value : values) {
      message.number(8, value);
    }
    return new Attribute(message.number(20, INTS));
  }
}
