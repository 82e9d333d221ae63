package io.flinkinference.tools.report;

import java.util.List;
import java.util.Locale;

/** Makes names of figures readable. */
final class Words {

  private static final List<String> ACRONYMS = List.of("CPU", "FIFO", "HTTP", "JVM");

  private Words() {}

  /**
   * {@code ratioToLimit} becomes "Ratio to limit"; a name that has a space stays as it is, and so
   * does a percentile such as p99.
   */
  static String of(String name) {
    if (name.isEmpty() || name.indexOf(' ') >= 0) {
      return name;
    }
    String spaced =
        name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[a-oq-z])(?=[0-9])", " ").replace('_', ' ');
    String lower = spaced.equals(name) ? spaced : spaced.toLowerCase(Locale.ROOT);
    String cased = lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
    for (String acronym : ACRONYMS) {
      cased = cased.replaceAll("(?i)\\b" + acronym + "\\b", acronym);
    }
    return cased;
  }
}
