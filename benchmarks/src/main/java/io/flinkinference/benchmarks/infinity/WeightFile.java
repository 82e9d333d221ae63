package io.flinkinference.benchmarks.infinity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * The file beside a graph that holds its large tensors. Each begins on a page of its own, so that
 * it can be mapped into memory. Used by one thread.
 */
final class WeightFile implements AutoCloseable {

  private static final int PAGE = 4_096;

  private final String name;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

  WeightFile(Path file) throws IOException {
    this.name = file.getFileName().toString();
    this.channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  }

  String name() {
    return name;
  }

  /**
   * Writes floats that are spread evenly around 0 and always the same for a seed.
   *
   * @param deviation their standard deviation
   * @return where they begin
   */
  long write(long elements, double deviation, long seed) throws IOException {
    long offset = (channel.position() + PAGE - 1) / PAGE * PAGE;
    channel.position(offset);
    SplittableRandom random = new SplittableRandom(seed);
    // An even distribution over [-a, a] has the deviation a / sqrt(3).
    double range = deviation * Math.sqrt(3);
    for (long i = 0; i < elements; i++) {
      if (buffer.remaining() < Float.BYTES) {
        flush();
      }
      buffer.putFloat((float) ((2 * random.nextDouble() - 1) * range));
    }
    flush();
    return offset;
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
