package io.flinkinference.examples.text;

import java.io.IOException;

/** A line that exceeds what one text may have. */
public final class LineTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  LineTooLongException(long lineNumber, int maxLength) {
    super(
        "Line %,d has more than %,d bytes. Is this a text file with one text a line?"
            .formatted(lineNumber, maxLength));
  }
}
