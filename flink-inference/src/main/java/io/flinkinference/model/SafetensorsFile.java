package io.flinkinference.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads tensors of a file in the <a
 * href="https://github.com/huggingface/safetensors#format">safetensors format</a>: the length of
 * the header (8 bytes, little-endian), the header (JSON: name to type, shape and place), the data.
 *
 * <p>Immutable; holds the header, not the data.
 */
final class SafetensorsFile {

  /** The format's own limit. */
  private static final long MAX_HEADER = 100_000_000;

  private final Path file;
  private final JsonNode header;
  private final long dataStart;

  private SafetensorsFile(Path file, JsonNode header, long dataStart) {
    this.file = file;
    this.header = header;
    this.dataStart = dataStart;
  }

  /** Reads the header. */
  static SafetensorsFile open(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = read(channel, 0, Long.BYTES).getLong();
      if (length < 2 || length > Math.min(MAX_HEADER, channel.size() - Long.BYTES)) {
        throw new IOException("its header is said to have " + length + " bytes");
      }
      byte[] json = read(channel, Long.BYTES, length).array();
      return new SafetensorsFile(file, new ObjectMapper().readTree(json), Long.BYTES + length);
    } catch (IOException e) {
      throw broken(file, e);
    }
  }

  /** Shape of a tensor. */
  long[] shape(String tensor) {
    JsonNode sizes = require(tensor).path("shape");
    long[] shape = new long[sizes.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sizes.path(i).asLong(-1);
    }
    return shape;
  }

  /** Values of a tensor of 16- or 32-bit floats. */
  float[] floats(String tensor) {
    JsonNode entry = require(tensor);
    String type = entry.path("dtype").asText();
    long count = 1;
    for (long size : shape(tensor)) {
      count *= size;
    }
    int width = type.equals("F32") ? Float.BYTES : Short.BYTES;
    long from = entry.path("data_offsets").path(0).asLong(-1);
    long to = entry.path("data_offsets").path(1).asLong(-1);
    if (!type.equals("F32") && !type.equals("F16") && !type.equals("BF16")) {
      throw new ModelException(
          "Tensor '"
              + tensor
              + "' in "
              + file
              + " is "
              + type
              + "; it has to be F32, F16 or BF16.");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (from < 0 || to - from != count * width) {
        throw new IOException("tensor '" + tensor + "' has not the bytes that its shape asks for");
      }
      ByteBuffer bytes = read(channel, dataStart + from, to - from);
      float[] values = new float[(int) count];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(type, bytes);
      }
      return values;
    } catch (IOException e) {
      throw broken(file, e);
    }
  }

  private static float value(String type, ByteBuffer bytes) {
    return switch (type) {
      case "F32" -> bytes.getFloat();
      case "BF16" -> Float.intBitsToFloat(bytes.getShort() << 16);
      default -> Half.toFloat(bytes.getShort());
    };
  }

  private JsonNode require(String tensor) {
    JsonNode entry = header.path(tensor);
    if (!entry.isObject()) {
      throw new ModelException("There is no tensor '" + tensor + "' in " + file + ".");
    }
    return entry;
  }

  private static ByteBuffer read(FileChannel channel, long from, long length) throws IOException {
    if (length > Integer.MAX_VALUE || from > channel.size() - length) {
      throw new EOFException("it ends at byte " + channel.size());
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("it ends at byte " + channel.size());
      }
    }
    return bytes.flip();
  }

  private static ModelException broken(Path file, IOException e) {
    return new ModelException(
        file + " is no whole safetensors file: " + e.getMessage() + ". Copy it again.", e);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
