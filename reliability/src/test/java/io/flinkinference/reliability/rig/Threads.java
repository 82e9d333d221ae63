package io.flinkinference.reliability.rig;

import java.util.List;

/** The live threads of this process. */
public final class Threads {

  /** How the threads of a loaded model are named. */
  private static final String OF_MODEL = "inference-";

  private Threads() {}

  /** Names of the threads of loaded models, in order. */
  public static List<String> ofModels() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(OF_MODEL))
        .sorted()
        .toList();
  }

  /** All of them. */
  public static int all() {
    return Thread.getAllStackTraces().size();
  }
}
