package io.flinkinference.tools.report;

/**
 * How large a picture is drawn. A picture scaled to a phone could not be read, so it is drawn twice
 * and the style sheet shows one of the two.
 */
enum ChartSize {
  /** For a column of a desktop or of paper. */
  WIDE("wide", 860, 13),
  /** For a phone, or for two pictures side by side. */
  NARROW("narrow", 390, 13);

  /** Mean width of a character of a sans-serif font, in font sizes; a little too much. */
  private static final double CHARACTER = 0.56;

  private final String css;
  private final int width;
  private final int font;

  ChartSize(String css, int width, int font) {
    this.css = css;
    this.width = width;
    this.font = font;
  }

  String css() {
    return css;
  }

  int width() {
    return width;
  }

  /** Height of a line of text. */
  int font() {
    return font;
  }

  /** About as wide as a text is drawn. */
  double widthOf(String text) {
    return text.length() * font * CHARACTER;
  }
}
