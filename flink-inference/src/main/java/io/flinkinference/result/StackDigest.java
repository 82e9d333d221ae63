package io.flinkinference.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * An exception in one line, by which dead letters of the same fault are found together, such as
 * {@code java.lang.IllegalStateException at com.example.Review.body(Review.java:12) #3f2a9c01}: its
 * class, the first frame that is not the JDK's, and a checksum over classes and frames of it and of
 * its causes.
 *
 * <p>No message takes part, so no text of a record does. Only frames above the class that caught
 * the exception count, for below it the same fault has other frames in another job. Of a stack that
 * overflowed only the frames that recur count, in alphabetical order, for it ends anywhere in its
 * circle.
 */
public final class StackDigest {

  private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");
  private static final int MOST_CAUSES = 10;

  private StackDigest() {}

  /**
   * The digest of an exception.
   *
   * @param thrown what was caught
   * @param caughtIn the class that caught it
   */
  public static String of(Throwable thrown, Class<?> caughtIn) {
    CRC32 checksum = new CRC32();
    Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .limit(MOST_CAUSES)
        .forEach(cause -> update(checksum, cause, caughtIn));
    String place =
        frames(thrown, caughtIn).stream().findFirst().map(frame -> " at " + frame).orElse("");
    return String.format(
        Locale.ROOT, "%s%s #%08x", thrown.getClass().getName(), place, checksum.getValue());
  }

  private static void update(CRC32 checksum, Throwable thrown, Class<?> caughtIn) {
    checksum.update(thrown.getClass().getName().getBytes(UTF_8));
    for (String frame : frames(thrown, caughtIn)) {
      checksum.update('\n');
      checksum.update(frame.getBytes(UTF_8));
    }
    checksum.update('\n');
  }

  private static List<String> frames(Throwable thrown, Class<?> caughtIn) {
    List<String> frames = new ArrayList<>();
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().equals(caughtIn.getName())) {
        break;
      }
      if (JDK.stream().noneMatch(frame.getClassName()::startsWith)) {
        frames.add(describe(frame));
      }
    }
    return thrown instanceof StackOverflowError ? recurring(frames) : frames;
  }

  private static List<String> recurring(List<String> frames) {
    return frames.stream()
        .collect(Collectors.groupingBy(frame -> frame, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() > 1)
        .map(entry -> entry.getKey())
        .sorted()
        .toList();
  }

  /** Without class loader and module, which a plain {@code toString} would name. */
  private static String describe(StackTraceElement frame) {
    String file = frame.getFileName() == null ? "unknown" : frame.getFileName();
    String line = frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber();
    return frame.getClassName() + "." + frame.getMethodName() + "(" + file + line + ")";
  }
}
