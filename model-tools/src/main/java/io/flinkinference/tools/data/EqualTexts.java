package io.flinkinference.tools.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows by their texts. Those of equal text are divided as one row, for a model that has learned a
 * text says nothing of what it knows by answering for it again. For one thread.
 */
final class EqualTexts {

  private final Map<String, List<LabeledText>> rows = new LinkedHashMap<>();

  private EqualTexts() {}

  static EqualTexts of(List<LabeledText> rows) {
    EqualTexts texts = new EqualTexts();
    rows.forEach(row -> texts.rows.computeIfAbsent(row.text(), text -> new ArrayList<>()).add(row));
    return texts;
  }

  /** A row for each text, in the order of the first, with all labels that the text has. */
  List<LabeledText> once() {
    return rows.values().stream().map(EqualTexts::merged).toList();
  }

  private static LabeledText merged(List<LabeledText> equal) {
    LabeledText first = equal.get(0);
    List<String> labels = equal.stream().flatMap(row -> row.labels().stream()).distinct().toList();
    return new LabeledText(first.line(), first.text(), labels);
  }

  /** The rows that others stand for, in the order of the file. */
  List<LabeledText> all(List<LabeledText> once) {
    return once.stream()
        .flatMap(row -> rows.get(row.text()).stream())
        .sorted(Comparator.comparingLong(LabeledText::line))
        .toList();
  }
}
