package io.flinkinference.examples.screen;

import io.flinkinference.examples.figures.Setup;
import java.util.List;

/** The head of the screen: what runs, and where to look at it. */
public final class HeaderView {

  private static final int SHA_DIGITS = 12;

  private HeaderView() {}

  /** What stands there before anything has started. */
  public static List<String> title(Style style) {
    return List.of(
        "",
        style.bold("flink-inference demo")
            + style.faint("   texts from Kafka, scored inside Flink, back to Kafka"),
        "");
  }

  /** What was started. */
  public static List<String> of(Setup setup, Style style) {
    String order = setup.ordered() ? "ordered" : "unordered";
    return List.of(
        row("Kafka", setup.kafka() + "   topics texts, scored, dead-letters", style),
        row("Web UI", setup.webUi(), style),
        row(
            "Model",
            "%s   %s   sha256 %s..."
                .formatted(
                    setup.model(), setup.precision(), setup.sha256().substring(0, SHA_DIGITS)),
            style),
        row("Task", "zero-shot, %d topics".formatted(setup.labels()), style),
        row("Texts", setup.texts(), style),
        row(
            "Job",
            "parallelism %d, %s, exactly once, a checkpoint each second"
                .formatted(setup.parallelism(), order),
            style),
        row("Log", setup.log(), style),
        "");
  }

  static String row(String name, String value, Style style) {
    return "  " + style.faint("%-9s".formatted(name)) + value;
  }
}
