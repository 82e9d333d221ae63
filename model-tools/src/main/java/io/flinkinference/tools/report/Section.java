package io.flinkinference.tools.report;

import java.util.List;

/**
 * A part of a report.
 *
 * @param title in a few words
 * @param text what is seen here and how it was measured; a line for each paragraph; may be empty
 * @param table the raw numbers
 * @param plots of them; may be empty
 */
public record Section(String title, String text, Table table, List<Plot> plots) {

  public Section {
    plots = List.copyOf(plots);
  }
}
