package io.flinkinference.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes safetensors files for tests. */
final class Safetensors {

  private Safetensors() {}

  /** A single tensor of 32-bit floats [rows, columns], whose values are 0, 1, 2 … */
  static byte[] of(String name, int rows, int columns) {
    return of(name, rows, columns, rows * columns);
  }

  /**
   * A layer of sentence-transformers with the weights 0, 1, 2 … and the biases 0.5.
   *
   * @param inputs columns of the weights
   */
  static byte[] layer(int outputs, int inputs) {
    int weights = outputs * inputs;
    String header =
        "{\"linear.weight\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]},"
                .formatted(outputs, inputs, weights * 4)
            + "\"linear.bias\":{\"dtype\":\"F16\",\"shape\":[%d],\"data_offsets\":[%d,%d]}}"
                .formatted(outputs, weights * 4, weights * 4 + outputs * 2);
    ByteBuffer file = begin(header, weights * 4 + outputs * 2);
    for (int i = 0; i < weights; i++) {
      file.putFloat(i);
    }
    for (int i = 0; i < outputs; i++) {
      file.putShort((short) 0x3800); // 0.5
    }
    byte[] bytes = new byte[file.flip().remaining()];
    file.get(bytes);
    return bytes;
  }

  private static byte[] of(String name, int rows, int columns, int values) {
    String header =
        "{\"%s\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]}}"
            .formatted(name, rows, columns, values * 4);
    ByteBuffer file = begin(header, values * 4);
    for (int i = 0; i < values; i++) {
      file.putFloat(i);
    }
    byte[] bytes = new byte[file.flip().remaining()];
    file.get(bytes);
    return bytes;
  }

  private static ByteBuffer begin(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json);
  }
}
