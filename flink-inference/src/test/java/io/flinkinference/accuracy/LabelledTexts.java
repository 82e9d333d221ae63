package io.flinkinference.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Banking77: questions to a bank with their intents. In each class the first rows are examples, all
 * others are to be scored.
 *
 * @param examples in the order of the file
 * @param rest the others
 */
record LabelledTexts(List<LabelledText> examples, List<LabelledText> rest) {

  private static final int EXAMPLES = 20;

  /**
   * A text and its label.
   *
   * @param text what the customer wrote
   * @param label its intent
   */
  record LabelledText(String text, String label) {}

  static LabelledTexts read(Path csv) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    List<LabelledText> examples = new ArrayList<>();
    List<LabelledText> rest = new ArrayList<>();
    List<List<String>> rows = rows(Files.readString(csv));
    for (List<String> row : rows.subList(1, rows.size())) {
      LabelledText text = new LabelledText(row.get(0), row.get(1));
      boolean isExample = counts.merge(text.label(), 1, Integer::sum) <= EXAMPLES;
      (isExample ? examples : rest).add(text);
    }
    return new LabelledTexts(examples, rest);
  }

  List<String> labels() {
    return examples.stream().map(LabelledText::label).distinct().sorted().toList();
  }

  /** Fields may be quoted, and then hold commas, line ends and doubled quotes. */
  private static List<List<String>> rows(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && csv.startsWith("\"\"", i);
        if (doubled) {
          field.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (quoted || c != '\r') {
        field.append(c);
      }
    }
    return rows;
  }
}
