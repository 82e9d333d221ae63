package io.flinkinference.tools.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.flinkinference.tools.data.BadRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What all commands write in the same way. */
public final class Output {

  private static final int SHOWN = 10;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Output() {}

  /** Writes an object as JSON that people can read too. */
  public static void json(Object value, PrintWriter out) throws IOException {
    out.println(JSON.writeValueAsString(value));
    out.flush();
  }

  /** Tells rows that could not be used; the JSON object of a result has them all. */
  static void bad(List<BadRow> bad, PrintWriter err) {
    if (bad.isEmpty()) {
      return;
    }
    err.printf("%d %s could not be used:%n", bad.size(), bad.size() == 1 ? "row" : "rows");
    for (BadRow row : bad.subList(0, Math.min(SHOWN, bad.size()))) {
      err.printf("  line %d: %s%n", row.line(), line(row.why()));
    }
    if (bad.size() > SHOWN) {
      err.printf("  and %d more; --json tells all.%n", bad.size() - SHOWN);
    }
    err.flush();
  }

  /** A text in one line, without controls, which could tell the terminal to do something. */
  static String line(String text) {
    return text.replaceAll("[\\s\\p{C}]+", " ");
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
