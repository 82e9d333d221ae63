package io.flinkinference.tools.command;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** The sentence about a failure that the user of the command line reads. */
public final class FailureWords {

  private FailureWords() {}

  /**
   * What went wrong, without what only wraps it. Of a file's own words that may be among it, no
   * controls are left, which could tell a terminal to do something.
   *
   * @return never null
   */
  public static String of(Throwable failure) {
    return words(failure).replaceAll("[\\p{Cc}&&[^\n\t]]", " ");
  }

  private static String words(Throwable failure) {
    Throwable told = failure;
    while (saysNoMore(told)) {
      told = told.getCause();
    }
    if (told instanceof FileSystemException file
        && file.getReason() == null
        && file.getFile() != null) {
      return ofFile(file, file.getFile());
    }
    return told.getMessage() == null ? told.toString() : told.getMessage();
  }

  /** A wrapper says no more than what it wraps, or only through which task of a job that went. */
  private static boolean saysNoMore(Throwable wrapper) {
    Throwable cause = wrapper.getCause();
    return cause != null
        && (wrapper instanceof ExecutionException
            || isOfAJob(wrapper.getClass())
            || Objects.equals(wrapper.getMessage(), cause.getMessage())
            || cause.toString().equals(wrapper.getMessage()));
  }

  /** Flink's own, and the plain exceptions that it makes of a record and what it failed with. */
  private static boolean isOfAJob(Class<?> wrapper) {
    return wrapper == Exception.class
        || wrapper.getName().startsWith("org.apache.flink.runtime.")
        || wrapper.getName().startsWith("org.apache.flink.streaming.");
  }

  /** Where the system gives no reason, the exception's message is the path alone. */
  private static String ofFile(FileSystemException failure, String path) {
    if (failure instanceof NoSuchFileException) {
      return "There is no file or directory " + path + ".";
    }
    if (failure instanceof AccessDeniedException) {
      return "Access to "
          + path
          + " is denied. Look at the rights of it and of the directories above it.";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return path + " is there already.";
    }
    if (failure instanceof NotDirectoryException) {
      return path + " is no directory.";
    }
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
