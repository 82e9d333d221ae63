package io.flinkinference.local;

import java.io.IOException;
import java.io.PrintStream;

/**
 * Ends this process when its standard input closes. A pipe from the parent closes however the
 * parent ends, so that a process on a leash never outlives it.
 */
final class Leash {

  private Leash() {}

  /**
   * Begins to watch standard input.
   *
   * @param last done before the end, on a thread of its own
   */
  static void hold(Runnable last) {
    Thread watch = new Thread(() -> endWithParent(last), "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void endWithParent(Runnable last) {
    try {
      System.in.transferTo(PrintStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("Standard input failed: " + e);
    }
    try {
      last.run();
    } finally {
      // Not exit: shutdown hooks would wait for others that end at the same time.
      Runtime.getRuntime().halt(0);
    }
  }
}
