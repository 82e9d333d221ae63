package io.flinkinference.benchmarks.peers.model;

import ai.djl.engine.Engine;

/**
 * DJL's engine for ONNX Runtime.
 *
 * <p>It insists on making the one environment that ONNX Runtime has in a process, and fails where
 * there is one. So it is started before anything else uses ONNX Runtime; all others then take the
 * environment that it made. Their sessions have threads of their own, as always.
 */
public final class DjlRuntime {

  static final String ENGINE = "OnnxRuntime";

  private DjlRuntime() {}

  /**
   * Starts the engine.
   *
   * @throws IllegalStateException if ONNX Runtime is in use already
   */
  public static void start() {
    // Else DJL reports each start to its makers, and looks for engines in the network.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("RUST_FLAVOR", "cpu");
    Engine.getEngine(ENGINE);
  }
}
