package io.flinkinference.examples.screen;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Standard output as lines, one of which can be renewed in place.
 *
 * <p>Owned by one thread. On a terminal that line is always the last one, and no wider than the
 * terminal, for a line that wraps could not be taken back. Elsewhere nothing is taken back.
 */
public final class Terminal {

  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int WIDTH = 100;

  private final PrintStream out;
  private final boolean live;
  private final int columns;
  private final Style style;
  private boolean renewing;

  /**
   * @param out where to write
   * @param live whether somebody looks at a terminal there
   * @param colored whether colours are wanted
   * @param columns width of the terminal
   */
  public Terminal(PrintStream out, boolean live, boolean colored, int columns) {
    this.out = Objects.requireNonNull(out, "out");
    this.live = live;
    this.columns = Math.min(columns, WIDTH);
    this.style = new Style(colored);
  }

  /**
   * Standard output, as the launcher found it.
   *
   * @param out where to write
   * @param environment of the process; NO_COLOR and a dumb TERM turn colours off
   */
  public static Terminal of(PrintStream out, Map<String, String> environment) {
    boolean live =
        Boolean.getBoolean("flinkinference.terminal")
            && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
    boolean colored = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
    int columns = Integer.getInteger("flinkinference.columns", WIDTH);
    return new Terminal(out, live, colored, columns > 0 ? columns : WIDTH);
  }

  /** Whether a line can be renewed. */
  public boolean isLive() {
    return live;
  }

  /** Colours and weights. */
  public Style style() {
    return style;
  }

  /** Writes lines that stay. */
  public void print(List<String> lines) {
    if (renewing) {
      out.print(CLEAR_LINE);
      renewing = false;
    }
    lines.forEach(out::println);
    out.flush();
  }

  /** Writes a line that stays. */
  public void print(String line) {
    print(List.of(line));
  }

  /** Writes a line that the next one replaces, where that is possible. */
  public void renew(String line) {
    if (!live) {
      print(line);
      return;
    }
    out.print(CLEAR_LINE + (line.length() < columns ? line : line.substring(0, columns - 1)));
    out.flush();
    renewing = true;
  }

  /** Lets the renewed line stay. */
  public void keepRenewed() {
    if (renewing) {
      out.println();
      out.flush();
      renewing = false;
    }
  }
}
