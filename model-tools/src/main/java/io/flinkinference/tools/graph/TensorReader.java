package io.flinkinference.tools.graph;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads tensors from the several places where the format lets their elements be. */
final class TensorReader {

  private final Path model;

  /**
   * @param model the file to which locations of other files are relative
   */
  TensorReader(Path model) {
    this.model = model;
  }

  /** How many bytes a tensor has, which is not read. */
  static long bytes(TensorProto proto) {
    long count = proto.getDimsList().stream().reduce(1L, Math::multiplyExact);
    return Math.multiplyExact(count, ElementType.of(proto.getDataType()).bytes());
  }

  Tensor read(TensorProto proto) {
    ElementType type = ElementType.of(proto.getDataType());
    long[] shape = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return new Tensor(type, shape, external(proto));
    }
    if (proto.hasRawData()) {
      ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer().slice(); // Of the whole file.
      return new Tensor(type, shape, raw.order(ByteOrder.LITTLE_ENDIAN));
    }
    return new Tensor(type, shape, listed(type, proto));
  }

  /** Elements one by one, in a list that depends on the type. */
  private static ByteBuffer listed(ElementType type, TensorProto proto) {
    int count =
        switch (type) {
          case FLOAT -> proto.getFloatDataCount();
          case DOUBLE -> proto.getDoubleDataCount();
          case INT64 -> proto.getInt64DataCount();
          default -> proto.getInt32DataCount();
        };
    ByteBuffer data = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      switch (type) {
        case FLOAT -> data.putFloat(proto.getFloatData(i));
        case DOUBLE -> data.putDouble(proto.getDoubleData(i));
        case INT64 -> data.putLong(proto.getInt64Data(i));
        case INT32 -> data.putInt(proto.getInt32Data(i));
        case FLOAT16 -> data.putShort((short) proto.getInt32Data(i));
        case INT8, UINT8, BOOL -> data.put((byte) proto.getInt32Data(i));
      }
    }
    return data.flip();
  }

  private ByteBuffer external(TensorProto proto) {
    String location = external(proto, "location").orElse("");
    Path directory = model.toAbsolutePath().normalize().getParent();
    Path file = directory.resolve(location).normalize();
    if (location.isEmpty() || !file.startsWith(directory)) {
      throw new GraphException(
          "The weights of %s are said to be in '%s', which is not beside the model."
              .formatted(proto.getName(), location));
    }
    long offset = external(proto, "offset").map(Long::parseLong).orElse(0L);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long length = external(proto, "length").map(Long::parseLong).orElse(channel.size() - offset);
      ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(length));
      channel.position(offset);
      while (data.hasRemaining()) {
        if (channel.read(data) < 0) {
          throw new GraphException(
              "%s ends before the weights of %s. Copy or export it again."
                  .formatted(file, proto.getName()));
        }
      }
      return data.flip().order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new GraphException(
          "The weights of %s cannot be read from %s: %s. Put that file beside the model."
              .formatted(proto.getName(), file, e.getMessage()),
          e);
    }
  }

  static Optional<String> external(TensorProto proto, String key) {
    return proto.getExternalDataList().stream()
        .filter(entry -> entry.getKey().equals(key))
        .map(StringStringEntryProto::getValue)
        .findFirst();
  }
}
