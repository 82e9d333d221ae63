package io.flinkinference.examples.file;

/** The declaration of a file as tables in Markdown, one a section. */
public final class ReferencePage {

  private ReferencePage() {}

  /** Writes the tables, each below a heading of the second level. */
  public static String render(Section section) {
    StringBuilder page = new StringBuilder();
    table(section, "", page);
    return page.toString();
  }

  private static void table(Section section, String path, StringBuilder page) {
    page.append("\n## ").append(path.isEmpty() ? "At the top" : "`" + path + "`").append("\n\n");
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
        table(inner, path.isEmpty() ? key.name() : path + "." + key.name(), page);
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
