package io.flinkinference.tools.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark found.
 *
 * @param name of the benchmark
 * @param title in a line
 * @param figures the figures that matter, by name, the headline first; the JSON file has them at
 *     its top
 * @param sections tables and plots in the order of reading
 */
public record Report(
    String name, String title, Map<String, Object> figures, List<Section> sections) {

  public Report {
    // Map.copyOf would forget the order.
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    sections = List.copyOf(sections);
  }
}
