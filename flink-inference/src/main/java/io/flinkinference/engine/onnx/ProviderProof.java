package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that a device runs the model. ONNX Runtime gives each node that a provider does not take
 * to the next one, at last to the CPU, without an error; only the profile of a run tells.
 */
final class ProviderProof implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderProof.class);

  private final Path directory;

  private ProviderProof(Path directory) {
    this.directory = directory;
  }

  /** Lets a session that is still to be made write a profile; empty for the CPU. */
  static Optional<ProviderProof> begin(SessionOptions session, Device device) throws OrtException {
    return device.kind().equals(Device.CPU.kind()) ? Optional.empty() : Optional.of(begin(session));
  }

  static ProviderProof begin(SessionOptions session) throws OrtException {
    try {
      Path directory = Files.createTempDirectory("inference-provider");
      session.enableProfiling(directory.resolve("run").toString());
      return new ProviderProof(directory);
    } catch (IOException e) {
      throw new EngineException(
          "The temporary directory cannot be written to, in which the use of the device is proved: "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Looks at what ran since the session was made, and ends the profile.
   *
   * @param provider its name in ONNX Runtime
   * @throws EngineException if another provider ran the model
   */
  void check(OrtSession session, Device device, String provider) throws OrtException {
    NodePlaces places;
    try {
      places = NodePlaces.read(Path.of(session.endProfiling()));
    } catch (IOException e) {
      throw new EngineException(
          "The profile that proves the use of " + device + " cannot be read: " + e.getMessage(), e);
    }
    LOG.info("Nodes of the graph by execution provider, on {}: {}", device, places.byProvider());
    String objection = places.objection(provider);
    if (objection != null) {
      throw new EngineException(
          "The device "
              + device
              + " does not run the model: "
              + objection
              + ". Take another form of the model, such as fp32 or fp16, or another device; or set"
              + " inference.device.fallback to CPU.");
    }
  }

  @Override
  public void close() {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      LOG.warn("The temporary directory {} cannot be deleted.", directory, e);
    }
  }
}
