package io.flinkinference.reliability.placement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalResourceOptions;

/** The TaskManagers of a cluster in which some have GPUs; the GPUs are only said to be there. */
final class TaskManagerKind {

  private static final String GPU_DRIVER = "org.apache.flink.externalresource.gpu.GPUDriverFactory";

  private TaskManagerKind() {}

  /** One that has no GPU, and a label that says so. */
  static Configuration cpu() {
    return Configuration.fromMap(
        Map.of(
            ExternalResourceOptions.EXTERNAL_RESOURCE_LIST.key(),
            "cpupool",
            "external-resource.cpupool.amount",
            "64"));
  }

  /** One whose discovery script finds GPUs. */
  static Configuration gpu(Path directory, String indices) throws IOException {
    int amount = indices.split(",", -1).length;
    return withScript(script(directory, "finds-" + amount, "echo " + indices), amount);
  }

  /** One whose discovery script fails. */
  static Configuration broken(Path directory) throws IOException {
    return withScript(script(directory, "fails", "echo 'no driver' >&2; exit 1"), 1);
  }

  private static Configuration withScript(Path script, int amount) {
    return Configuration.fromMap(
        Map.of(
            ExternalResourceOptions.EXTERNAL_RESOURCE_LIST.key(),
            "gpu",
            "external-resource.gpu.amount",
            Integer.toString(amount),
            "external-resource.gpu.driver-factory.class",
            GPU_DRIVER,
            "external-resource.gpu.param.discovery-script.path",
            script.toString()));
  }

  private static Path script(Path directory, String name, String line) throws IOException {
    Path script = directory.resolve(name + ".sh");
    Files.writeString(script, "#!/bin/sh\n" + line + "\n");
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable.");
    }
    return script;
  }
}
