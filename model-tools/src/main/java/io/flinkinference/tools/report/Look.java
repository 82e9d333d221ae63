package io.flinkinference.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a series is told from others: by colour, and for those who do not see it by dashes and marks,
 * or by hatching.
 *
 * @param index of colour, dashes, mark and hatching; the project's own is 0, below 0 there is but
 *     grey
 * @param own whether it is the project's own, which stands out
 */
record Look(int index, boolean own) {

  /** A bar of others, where the project's own has a colour. */
  static final Look OTHER = new Look(-1, false);

  /** Colours of the style sheet. */
  private static final int COLOURS = 8;

  private static final String OWN_PREFIX = "flink-inference";
  private static final List<String> DASHES =
      List.of("none", "7 4", "2 3", "10 3 2 3", "5 2", "1 4", "12 4", "6 2 2 2");
  private static final double MARK = 4.5;

  /** The looks of series, or of the bars of one, in their order. */
  static List<Look> of(List<String> names) {
    List<Look> looks = new ArrayList<>();
    int next = names.stream().anyMatch(Look::isOwn) ? 1 : 0;
    boolean ownHasColour = false;
    for (String name : names) {
      boolean first = isOwn(name) && !ownHasColour;
      ownHasColour |= first;
      looks.add(new Look(first ? 0 : next++, isOwn(name)));
    }
    return looks;
  }

  /** Whether a name is that of the project itself, among those of others. */
  static boolean isOwn(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(OWN_PREFIX);
  }

  /** Class of the style sheet that has the colour. */
  String colour() {
    return index < 0 ? "other" : "s" + index % COLOURS;
  }

  String dashes() {
    return DASHES.get(index % DASHES.size());
  }

  /** Draws the mark of a point; it shows the text when it is pointed at. */
  void mark(Markup out, double x, double y, String text) {
    String shape = "mark " + colour();
    switch (index % 4) {
      case 0 -> out.open("circle", "class", shape, "cx", x, "cy", y, "r", MARK - 0.5);
      case 1 -> out.open("rect", "class", shape, "x", x - 4, "y", y - 4, "width", 8, "height", 8);
      case 2 -> out.open("path", "class", shape, "d", path(x, y, 0, -5.5, 5.5, 4.5, -5.5, 4.5));
      default -> out.open("path", "class", shape, "d", path(x, y, 0, -6, 6, 0, 0, 6, -6, 0));
    }
    out.element("title", text).close();
  }

  private static String path(double x, double y, double... offsets) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < offsets.length; i += 2) {
      path.append(i == 0 ? "M" : "L");
      path.append(String.format(Locale.ROOT, "%.1f %.1f", x + offsets[i], y + offsets[i + 1]));
    }
    return path.append('Z').toString();
  }

  /** Defines the hatching of bars. Each picture has its own, for a hidden one lends none. */
  void defineHatching(Markup out, String picture) {
    if (index > 0) {
      Object[] frame = {
        "id",
        hatching(picture),
        "width",
        6,
        "height",
        6,
        "patternUnits",
        "userSpaceOnUse",
        "patternTransform",
        "rotate(" + 45 * index + ")"
      };
      out.open("pattern", frame).empty("rect", "class", "paper", "width", 2, "height", 6).close();
    }
  }

  /** Draws a bar in a picture in which the hatching is defined. */
  void bar(Markup out, String picture, double x, double y, double width, double height) {
    List<Object> box =
        new ArrayList<>(List.of("x", x, "y", y, "width", width, "height", height, "class"));
    box.add("bar " + colour());
    out.empty("rect", box.toArray());
    if (index > 0) {
      box.set(box.size() - 1, "hatch");
      box.addAll(List.of("fill", "url(#" + hatching(picture) + ")"));
      out.empty("rect", box.toArray());
    }
  }

  private String hatching(String picture) {
    return picture + "-hatch" + index;
  }
}
