package io.flinkinference.reliability.rig;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Keeps Flink's word about failures that are wanted away from the figures. */
final class Quiet {

  private Quiet() {}

  static void please() {
    Configurator.setLevel("org.apache.flink", Level.ERROR);
    Configurator.setLevel("org.apache.pekko", Level.ERROR);
    // Flink tells of checkpoints that a failure has ended as of errors of its own.
    Configurator.setLevel("org.apache.flink.runtime.rpc.pekko", Level.OFF);
  }
}
