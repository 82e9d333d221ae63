package io.flinkinference.engine;

import java.util.Locale;
import java.util.Objects;

/**
 * Where a model runs.
 *
 * @param kind the execution provider: {@code cpu}, {@code cuda}, {@code tensorrt}, ...
 * @param index number of the device among those of its kind; the CPU's is 0, unless it stands in
 *     for a device that has another
 */
public record Device(String kind, int index) {

  /** The processor. */
  public static final Device CPU = new Device("cpu", 0);

  public Device {
    Objects.requireNonNull(kind, "kind");
    if (index < 0) {
      throw new IllegalArgumentException("The index of a device is at least 0, not " + index + ".");
    }
  }

  /** Reads {@code cpu}, {@code cuda} or {@code cuda:1}. */
  public static Device parse(String text) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
    boolean readable =
        parts.length <= 2
            && parts[0].matches("[a-z]+")
            && (parts.length == 1 || parts[1].matches("\\d{1,4}"));
    if (!readable) {
      throw new IllegalArgumentException(
          "'" + text + "' names no device. Write cpu, cuda or cuda:1.");
    }
    return new Device(parts[0], parts.length == 1 ? 0 : Integer.parseInt(parts[1]));
  }

  @Override
  public String toString() {
    return equals(CPU) ? kind : kind + ":" + index;
  }
}
