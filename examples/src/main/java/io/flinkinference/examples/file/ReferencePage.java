package io.flinkinference.examples.file;

import java.util.Map;

/** The declaration of a file as tables in Markdown, one a section. */
public final class ReferencePage {

  private ReferencePage() {}

  /**
   * Writes the tables, each below a heading of the second level.
   *
   * @param notes what stands before the table of a section, by the section's path
   */
  public static String render(Section section, Map<String, String> notes) {
    StringBuilder page = new StringBuilder();
    table(section, "", notes, page);
    return page.toString();
  }

  private static void table(
      Section section, String path, Map<String, String> notes, StringBuilder page) {
    page.append("\n## ").append(path.isEmpty() ? "At the top" : "`" + path + "`").append("\n\n");
    if (notes.containsKey(path)) {
      page.append(notes.get(path)).append("\n\n");
    }
    page.append("| key | what it is | default | meaning |\n|---|---|---|---|\n");
    for (Key<?> key : section.keys()) {
      page.append("| `")
          .append(key.name())
          .append("` | ")
          .append(key.shape().words())
          .append(" | ")
          .append(presence(key))
          .append(" | ")
          .append(key.description().replace("|", "\\|"))
          .append(" |\n");
    }
    for (Key<?> key : section.keys()) {
      if (key.shape() instanceof Section inner) {
        table(inner, path.isEmpty() ? key.name() : path + "." + key.name(), notes, page);
      }
    }
  }

  private static String presence(Key<?> key) {
    if (key.isRequired()) {
      return "**required**";
    }
    return key.shownDefault() == null ? "" : "`" + key.shownDefault() + "`";
  }
}
