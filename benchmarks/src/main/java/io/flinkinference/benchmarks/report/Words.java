package io.flinkinference.benchmarks.report;

import java.util.Locale;

/** Makes names of figures readable. */
final class Words {

  private Words() {}

  /** {@code ratioToLimit} becomes "Ratio to limit"; a name that has a space stays as it is. */
  static String of(String name) {
    if (name.isEmpty() || name.indexOf(' ') >= 0) {
      return name;
    }
    String spaced =
        name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=[0-9])", " ").replace('_', ' ');
    String lower = spaced.equals(name) ? spaced : spaced.toLowerCase(Locale.ROOT);
    return lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
  }
}
