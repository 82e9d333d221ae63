package io.flinkinference.connectors.text;

/**
 * The beginning of what others said, for a message: a dead letter carries its message, and a schema
 * or an answer may be larger than the largest record that Kafka takes.
 */
public final class Excerpt {

  private static final int MOST = 1_000;

  private Excerpt() {}

  /** The text, or its beginning. */
  public static String of(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "...";
  }
}
