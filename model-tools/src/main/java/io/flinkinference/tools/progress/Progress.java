package io.flinkinference.tools.progress;

/**
 * Is told how far work is. Work begins when what was begun before is closed.
 *
 * <p><b>Thread safety:</b> steps are told by any threads, also at once.
 */
@FunctionalInterface
public interface Progress {

  /** Shows nothing. */
  Progress NONE = (what, steps) -> () -> {};

  /**
   * Work begins.
   *
   * @param what it is, in a few words
   * @param steps that it has
   */
  Work begin(String what, long steps);

  /** Work that is under way; closed at its end. */
  @FunctionalInterface
  interface Work extends AutoCloseable {

    /** A step is done. */
    default void step() {}

    @Override
    void close();
  }
}
