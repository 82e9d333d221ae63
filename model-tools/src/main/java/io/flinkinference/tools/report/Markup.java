package io.flinkinference.tools.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Writes HTML with SVG in it that is XML as well, so that a parser can check it.
 *
 * <p><b>Invariant:</b> elements are closed in the order in which they were opened, and text and
 * attributes are escaped.
 */
final class Markup {

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  Markup open(String element, Object... attributes) {
    start(element, attributes);
    out.append('>');
    open.push(element);
    return this;
  }

  /** An element without content: one that HTML knows as void, or one of SVG. */
  Markup empty(String element, Object... attributes) {
    start(element, attributes);
    out.append("/>");
    return this;
  }

  /** An element with text in it. */
  Markup element(String element, String text, Object... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** Ends the element that was opened last. */
  Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  Markup text(String text) {
    out.append(escape(text));
    return this;
  }

  /** Adds a style sheet or other markup as it is. */
  Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  /** The text written, once all elements are closed. */
  String finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("The element " + open.peek() + " is not closed.");
    }
    return out.toString();
  }

  private void start(String element, Object... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escape(value(attributes[i + 1]))).append('"');
    }
  }

  /** Coordinates need no more than a hundredth. */
  private static String value(Object attribute) {
    if (!(attribute instanceof Double number)) {
      return String.valueOf(attribute);
    }
    String text = String.format(Locale.ROOT, "%.2f", number);
    return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
  }

  /** Replaces what has a meaning in markup, and what XML forbids altogether. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
