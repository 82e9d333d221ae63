package io.flinkinference.local;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A ZooKeeper server in a process of its own, for Flink's high availability: it elects the leader
 * and keeps pointers; what they point to, Flink writes to its {@code high-availability.storageDir}.
 * It is the server inside Flink's own client artifact.
 */
public final class LocalZooKeeper implements AutoCloseable {

  private static final String MAIN =
      "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final ServerProcess process;
  private final int port;

  private LocalZooKeeper(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server and waits until it takes connections.
   *
   * @param directory for its data and log; exists
   * @throws IllegalStateException if it does not start; the message holds the end of its log
   */
  public static LocalZooKeeper start(Path directory) throws IOException, InterruptedException {
    Path data = Files.createDirectory(directory.resolve("zookeeper-data"));
    return PortAttempts.start(1, ports -> startOn(ports[0], directory, data));
  }

  static LocalZooKeeper startOn(int port, Path directory, Path data)
      throws IOException, InterruptedException {
    Path config =
        Files.writeString(
            directory.resolve("zoo.cfg"),
            String.join(
                "\n",
                // The shortest session is two ticks: so soon is a killed leader given up.
                "tickTime=1000",
                "dataDir=" + data,
                "clientPortAddress=127.0.0.1",
                "clientPort=" + port,
                "maxClientCnxns=0",
                "admin.enableServer=false"));
    ServerProcess process =
        ServerProcess.launch(
            "zookeeper",
            directory,
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            System.getProperty("java.class.path"),
            MAIN,
            List.of(config.toString()),
            Map.of());
    process.awaitReady(() -> hasBegun(data) && isOpen(port), START_LIMIT);
    return new LocalZooKeeper(process, port);
  }

  /** It writes its first snapshot when the port is its own, and not somebody else's. */
  private static boolean hasBegun(Path data) {
    String[] files = data.resolve("version-2").toFile().list();
    return files != null && Stream.of(files).anyMatch(name -> name.startsWith("snapshot."));
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(FreePorts.loopback(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Value for {@code high-availability.zookeeper.quorum}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.close();
  }
}
