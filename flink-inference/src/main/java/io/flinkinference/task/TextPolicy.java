package io.flinkinference.task;

import java.io.Serializable;
import java.util.Objects;

/**
 * What becomes of texts that a model cannot score as they are.
 *
 * @param blank those that are null, empty or white space
 * @param tooLong those beyond the limits
 */
public record TextPolicy(BlankText blank, LongText tooLong) implements Serializable {

  /** Blank texts become dead letters, long ones are cut. */
  public static final TextPolicy DEFAULT = new TextPolicy(BlankText.DEAD_LETTER, LongText.TRUNCATE);

  private static final long serialVersionUID = 1L;

  public TextPolicy {
    Objects.requireNonNull(blank, "blank");
    Objects.requireNonNull(tooLong, "tooLong");
  }
}
