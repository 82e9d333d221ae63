package io.flinkinference.examples.screen;

import io.flinkinference.examples.figures.SampleText;
import io.flinkinference.result.LabelScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of scored texts, one a line, 100 columns wide. */
public final class SampleTable {

  private static final int TEXT = 42;
  private static final int LABEL = 21;

  private SampleTable() {}

  /** The table, or nothing where no text was scored. */
  public static List<String> of(List<SampleText> samples, Style style) {
    if (samples.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        style.faint(
            "  %s  %s       %s"
                .formatted(
                    Words.cell("Some of the texts", TEXT), Words.cell("Topic", LABEL), "Next")));
    for (SampleText sample : samples) {
      lines.add(
          "  %s  %s  %s"
              .formatted(
                  Words.cell(sample.text(), TEXT),
                  style.bold(scored(sample.best())),
                  style.faint(scored(sample.next()))));
    }
    lines.add("");
    return lines;
  }

  private static String scored(LabelScore label) {
    return String.format(Locale.ROOT, "%s %.2f", Words.cell(label.label(), LABEL), label.score());
  }
}
