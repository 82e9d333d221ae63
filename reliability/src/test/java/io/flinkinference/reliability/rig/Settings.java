package io.flinkinference.reliability.rig;

import java.time.Duration;

/** What may be set on the command line of Maven, as {@code -Dfigures.seconds=120}. */
public final class Settings {

  private Settings() {}

  /** An embedding model: {@code figures.model}, a bundled name or a directory. */
  public static String model() {
    return System.getProperty("figures.model", "all-minilm-l6-v2");
  }

  /** How long a figure is measured: {@code figures.seconds}. */
  public static Duration span(int defaultSeconds) {
    return Duration.ofSeconds(Integer.getInteger("figures.seconds", defaultSeconds));
  }
}
