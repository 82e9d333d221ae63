package io.flinkinference.examples.screen;

import io.flinkinference.examples.figures.SampleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of scored texts, 100 columns wide. */
public final class SampleTable {

  /** Characters of a text that are shown for certain. */
  public static final int TEXT_SHOWN = 100;

  private static final int TEXT_WIDTH = 60;
  private static final int TEXT_LINES = 2;

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
    samples.forEach(sample -> addRow(lines, sample, style));
    lines.add("");
    return lines;
  }

  private static void addRow(List<String> lines, SampleText sample, Style style) {
    List<String> text = Words.wrap(sample.text(), TEXT_WIDTH, TEXT_LINES);
    String score = String.format(Locale.ROOT, " %.2f", sample.best().score());
    lines.add(
        "  %s  %s  %s"
            .formatted(
                Words.cell(text.get(0), TEXT_WIDTH),
                style.bold(Words.cell(sample.best().label(), LABEL_WIDTH) + score),
                style.faint(Words.wrap(sample.next().label(), LABEL_WIDTH, 1).get(0))));
    text.stream().skip(1).forEach(line -> lines.add("  " + line));
  }
}
