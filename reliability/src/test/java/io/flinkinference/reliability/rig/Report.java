package io.flinkinference.reliability.rig;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Prints what a figure's test did and found, one line each. */
public final class Report {

  private Report() {}

  /** What is going to be measured, and on what. */
  public static void title(String title) {
    line(
        "%n== %s (model %s, %d processors, load average %.1f)",
        title,
        Settings.model(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Something that was seen. */
  public static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /**
   * A figure of the documentation.
   *
   * @param name what it is
   * @param value what it came to, with its unit
   * @param target what it should come to
   */
  public static void figure(String name, String value, String target, boolean reached) {
    line("FIGURE %s: %s (target: %s) %s", name, value, target, reached ? "REACHED" : "MISSED");
  }
}
