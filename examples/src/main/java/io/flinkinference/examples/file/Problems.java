package io.flinkinference.examples.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is wrong in a file. Collected rather than thrown, so that a user is told all of it at once.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Problems {

  private final List<Problem> all = new ArrayList<>();

  /**
   * Adds a problem.
   *
   * @param line where it stands, from 1
   * @param message a sentence: what is wrong, with the value unless it is a secret, and what to do
   */
  public void add(int line, String message) {
    all.add(new Problem(line, message));
  }

  /** Whether there is none so far. */
  public boolean none() {
    return all.isEmpty();
  }

  /** How many there are so far. */
  public int count() {
    return all.size();
  }

  /** Those that were found, from the top of the file down. */
  public List<Problem> inOrder() {
    return all.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  /**
   * Ends the reading if there is any.
   *
   * @param file its name
   */
  public void throwIfAny(String file) {
    if (!none()) {
      throw new FileException(file, inOrder());
    }
  }

  /**
   * One of them.
   *
   * @param line from 1
   * @param message a sentence
   */
  public record Problem(int line, String message) {}
}
