package io.flinkinference.examples.screen;

/**
 * Weight and colour of words on a terminal.
 *
 * @param colored false leaves every text as it is
 */
public record Style(boolean colored) {

  private static final String RESET = "\u001b[0m";

  /** What matters most. */
  public String bold(String text) {
    return in("\u001b[1m", text);
  }

  /** What explains the rest. */
  public String faint(String text) {
    return in("\u001b[2m", text);
  }

  /** What went well. */
  public String good(String text) {
    return in("\u001b[32m", text);
  }

  /** What went wrong. */
  public String bad(String text) {
    return in("\u001b[31m", text);
  }

  private String in(String code, String text) {
    return colored ? code + text + RESET : text;
  }
}
