package io.flinkinference.tools.graph;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file that cannot be written. */
public final class FileFailure {

  private FileFailure() {}

  /** The failure with the file in its message: what is said of a full disk does not name one. */
  public static IOException of(Path file, IOException failure) {
    return failure instanceof FileSystemException
        ? failure
        : new IOException(
            file
                + " cannot be written: "
                + failure.getMessage()
                + ". Make room on that disk, or write to another.",
            failure);
  }
}
