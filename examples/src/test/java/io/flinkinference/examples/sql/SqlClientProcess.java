package io.flinkinference.examples.sql;

import io.flinkinference.local.LocalFlinkCluster;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Flink's own SQL client in a process of its own, as bin/sql-client.sh starts it. */
final class SqlClientProcess {

  private static final long LIMIT_SECONDS = 120;

  private SqlClientProcess() {}

  /** Runs a script to its end, and returns what the client prints. */
  static String run(LocalFlinkCluster cluster, Path directory, List<Path> lib, Path script)
      throws Exception {
    Path home = Files.createDirectories(directory.resolve("sql-client"));
    URI rest = URI.create(cluster.client().getWebInterfaceURL());
    Files.writeString(
        home.resolve("config.yaml"),
        "execution.target: remote\nrest.address: %s\nrest.port: %d\nparallelism.default: 2\n"
            .formatted(rest.getHost(), rest.getPort()));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String name : Set.of("java.util", "java.lang", "java.net", "java.nio", "java.time")) {
      command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-Xmx512m",
            "-cp",
            lib.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
            "org.apache.flink.table.client.SqlClient",
            "--history",
            home.resolve("history").toString(),
            "-f",
            script.toString()));
    Path output = home.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("FLINK_CONF_DIR", home.toString());
    Process process = builder.start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "The SQL client has not ended; it printed:\n" + Files.readString(output));
      }
      return Files.readString(output);
    } finally {
      process.destroyForcibly();
    }
  }
}
