package io.flinkinference.tools.report;

import java.util.Collection;
import java.util.Locale;

/** Writes numbers for the eye: about three digits that count, and commas between thousands. */
final class Numbers {

  private static final int DIGITS = 3;

  /**
   * From here on a column with one number of decimals would hide the small or blow up the large.
   */
  private static final double WIDE_RANGE = 1_000;

  private Numbers() {}

  /** A single value: numbers rounded, anything else as it is. */
  static String format(Object value) {
    if (isWhole(value)) {
      return String.format(Locale.ROOT, "%,d", ((Number) value).longValue());
    }
    if (value instanceof Number number) {
      double exact = number.doubleValue();
      return fixed(exact, decimals(exact));
    }
    if (value instanceof Boolean yes) {
      return yes ? "yes" : "no";
    }
    return String.valueOf(value);
  }

  /** How many decimals all values of a column share; negative where each needs its own. */
  static int commonDecimals(Collection<? extends Number> values) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    boolean whole = true;
    for (Number value : values) {
      double size = Math.abs(value.doubleValue());
      whole &= isWhole(value);
      if (size > 0 && Double.isFinite(size)) {
        least = Math.min(least, size);
        most = Math.max(most, size);
      }
    }
    if (whole || most == 0) {
      return 0;
    }
    return most / least >= WIDE_RANGE ? -1 : Math.min(decimals(least), 1 + decimals(most));
  }

  /** A number with as many decimals; those that are none, such as infinity, by their names. */
  static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
    // What rounds to nothing is not below it.
    return text.startsWith("-") && text.chars().noneMatch(c -> c >= '1' && c <= '9')
        ? text.substring(1)
        : text;
  }

  /** Decimals of one value, so that three digits count. */
  static int decimals(double value) {
    double size = Math.abs(value);
    if (size == 0 || !Double.isFinite(size)) {
      return 0;
    }
    int magnitude = (int) Math.floor(Math.log10(size));
    return Math.max(0, Math.min(6, DIGITS - 1 - magnitude));
  }

  static boolean isWhole(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte;
  }
}
