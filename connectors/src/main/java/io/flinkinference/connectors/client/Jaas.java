package io.flinkinference.connectors.client;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes a value of {@code sasl.jaas.config}. Option values may hold any character. */
final class Jaas {

  private Jaas() {}

  /**
   * Returns an entry that Kafka reads back as these options and no others.
   *
   * @param options by names of letters alone
   */
  static String entry(String module, Map<String, String> options) {
    StringBuilder entry = new StringBuilder(module).append(" required");
    new TreeMap<>(options)
        .forEach(
            (name, value) -> {
              entry.append(' ').append(name).append("=\"");
              value.chars().forEach(c -> append(entry, (char) c));
              entry.append('"');
            });
    return entry.append(';').toString();
  }

  // Kafka reads it by java.io.StreamTokenizer: a string ends at its quote or at the line's end.
  private static void append(StringBuilder entry, char c) {
    if (c == '"' || c == '\\') {
      entry.append('\\').append(c);
    } else if (c < ' ') {
      entry.append(String.format(Locale.ROOT, "\\%03o", (int) c));
    } else {
      entry.append(c);
    }
  }
}
