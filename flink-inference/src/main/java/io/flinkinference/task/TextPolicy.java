package io.flinkinference.task;

import java.io.Serializable;
import java.util.Objects;

/**
 * What becomes of texts before a model scores them, and of those that it cannot score as they are.
 *
 * @param blank those that are null, empty or white space
 * @param tooLong those beyond the limits
 * @param prefix what comes before each
 * @param windows how long ones are cut, where {@code tooLong} says that they are
 */
public record TextPolicy(
    BlankText blank, LongText tooLong, TextPrefix prefix, WindowOptions windows)
    implements Serializable {

  /** Blank texts become dead letters, long ones are cut. */
  public static final TextPolicy DEFAULT = new TextPolicy(BlankText.DEAD_LETTER, LongText.TRUNCATE);

  private static final long serialVersionUID = 1L;

  public TextPolicy {
    Objects.requireNonNull(blank, "blank");
    Objects.requireNonNull(tooLong, "tooLong");
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(windows, "windows");
  }

  /** With the model's own prefix, if it has one. */
  public TextPolicy(BlankText blank, LongText tooLong) {
    this(blank, tooLong, TextPrefix.AS_MODEL, WindowOptions.DEFAULT);
  }

  /** The decoder of a task, fit for the texts as this cuts them. */
  public <R> TaskDecoder<R> decoder(TaskDecoder<R> ofTask) {
    return tooLong == LongText.WINDOW ? ofTask.merging(windows.merge()) : ofTask;
  }
}
