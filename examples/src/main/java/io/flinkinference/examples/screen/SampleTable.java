package io.flinkinference.examples.screen;

import io.flinkinference.examples.figures.SampleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of scored texts, one a line, 100 columns wide. */
public final class SampleTable {

  /** Columns for a text. */
  public static final int TEXT_WIDTH = 60;

  private static final int LABEL_WIDTH = 15;

  private SampleTable() {}

  /** The table, or nothing where no text was scored. */
  public static List<String> of(List<SampleText> samples, Style style) {
    if (samples.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        style.faint(
            "  %s  %s       Next"
                .formatted(
                    Words.cell("Some of the texts", TEXT_WIDTH),
                    Words.cell("Topic", LABEL_WIDTH))));
    for (SampleText sample : samples) {
      lines.add(
          "  %s  %s  %s"
              .formatted(
                  Words.cell(sample.text(), TEXT_WIDTH),
                  style.bold(
                      String.format(
                          Locale.ROOT,
                          "%s %.2f",
                          Words.cell(sample.best().label(), LABEL_WIDTH),
                          sample.best().score())),
                  style.faint(Words.cell(sample.next().label(), LABEL_WIDTH).stripTrailing())));
    }
    lines.add("");
    return lines;
  }
}
