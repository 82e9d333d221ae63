package io.flinkinference.examples.score;

import io.flinkinference.examples.text.ByteLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers the lines of a stream. Owned by one thread; {@link #taken} may be asked by any. */
final class LineIterator implements Iterator<Line> {

  private final ByteLines lines;
  private byte[] next;
  private final AtomicLong taken = new AtomicLong();

  LineIterator(ByteLines lines) {
    this.lines = lines;
  }

  /** Waits until there is a line, or the end of the stream. */
  @Override
  public boolean hasNext() {
    if (next == null) {
      try {
        next = lines.next();
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
    return next != null;
  }

  @Override
  public Line next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    byte[] bytes = next;
    next = null;
    return new Line(taken.incrementAndGet(), bytes);
  }

  /** Lines that were handed out. */
  long taken() {
    return taken.get();
  }
}
