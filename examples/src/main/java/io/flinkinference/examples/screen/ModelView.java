package io.flinkinference.examples.screen;

import io.flinkinference.model.ModelReport;
import java.util.List;
import java.util.Locale;

/** Shows what a model is. */
public final class ModelView {

  private static final int MOST_LABELS = 12;

  private ModelView() {}

  /**
   * Lines for a terminal.
   *
   * @param id by which the user knows the model
   * @param problems that it had when it ran
   */
  public static String of(ModelReport report, String id, List<String> problems) {
    StringBuilder text = new StringBuilder();
    line(text, "model", report.name());
    line(text, "graph", report.graph());
    line(text, "family", report.family().isEmpty() ? "not said" : report.family());
    line(text, "tasks", report.tasks().isEmpty() ? "none" : String.join(", ", report.tasks()));
    report.inputs().forEach(input -> line(text, "input", input.toString()));
    report.outputs().forEach(output -> line(text, "output", output.toString()));
    line(
        text,
        "tokenizer",
        report.tokenizer()
            + ", "
            + report.vocabulary()
            + " tokens, pads "
            + report.paddingSide()
            + ", cuts "
            + report.truncationSide()
            + (report.lowercases() ? ", lower case" : ""));
    line(text, "limit", report.maxTokens() + " tokens");
    line(
        text,
        "size",
        String.format(
            Locale.ROOT,
            "%.1f million parameters, %.1f MB",
            report.parameters() / 1e6,
            report.bytes() / 1e6));
    line(text, "precision", report.precision() + ", opset " + report.opset());
    if (!report.pooling().isEmpty()) {
      line(text, "pooling", report.pooling());
    }
    if (!report.labels().isEmpty()) {
      line(text, "labels", labels(report.labels()));
    }
    report.prompts().forEach((name, prompt) -> line(text, "prompt", name + ": '" + prompt + "'"));
    line(text, "sha256", report.sha256());
    report.warnings().forEach(warning -> line(text, "warning", warning));
    report.options().forEach((key, value) -> line(text, "option", key + ": " + value));
    problems.forEach(problem -> line(text, "problem", problem));
    if (!report.tasks().isEmpty() && problems.isEmpty()) {
      line(text, "try", "bin/flink-inference score " + id);
    }
    return text.toString();
  }

  private static String labels(List<String> labels) {
    int shown = Math.min(labels.size(), MOST_LABELS);
    return labels.size()
        + ": "
        + String.join(", ", labels.subList(0, shown))
        + (shown < labels.size() ? ", ..." : "");
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-10s %s%n", name, Words.plain(value)));
  }
}
