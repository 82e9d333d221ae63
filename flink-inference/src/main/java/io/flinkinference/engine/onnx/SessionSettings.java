package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineOptions;

/** How a session is set up, but for its execution provider. */
final class SessionSettings {

  private SessionSettings() {}

  static void apply(SessionOptions session, EngineOptions options) throws OrtException {
    session.setOptimizationLevel(OptLevel.ALL_OPT);
    session.setExecutionMode(ExecutionMode.SEQUENTIAL);
    // The runtime's own default is every core of the machine, whatever the container may use.
    session.setIntraOpNumThreads(options.intraOpThreads());
    session.setInterOpNumThreads(1);
    // Threads that spin for work take the cores from the runs beside them.
    session.addConfigEntry("session.intra_op.allow_spinning", "0");
    session.addConfigEntry("session.inter_op.allow_spinning", "0");
    session.setCPUArenaAllocator(true);
    // On other devices the memory of each shape that was ever run would be kept.
    boolean onCpu = options.device().kind().equals(Device.CPU.kind());
    session.setMemoryPatternOptimization(onCpu);
  }
}
