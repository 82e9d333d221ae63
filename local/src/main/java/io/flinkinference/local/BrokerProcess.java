package io.flinkinference.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The process of a broker, which has {@link BrokerMain} as its main class, and its directory. */
final class BrokerProcess {

  private final ServerProcess server;
  private final Path directory;

  private BrokerProcess(ServerProcess server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  static BrokerProcess launch(int brokerPort, int controllerPort) throws IOException {
    return launch(BrokerSecurity.NONE, brokerPort, controllerPort);
  }

  /**
   * Launches a broker.
   *
   * @param ports of the plain listener, of the controller, and those that the security asks for
   */
  static BrokerProcess launch(BrokerSecurity security, int... ports) throws IOException {
    Path directory = Files.createTempDirectory("flink-inference-kafka-");
    try {
      BrokerConfig.leave(security.settings(ports), directory);
      List<String> command = command(directory, security.jvmFlags(), ports[0], ports[1]);
      return new BrokerProcess(
          ServerProcess.launch("kafka", directory, command, Map.of()), directory);
    } catch (IOException e) {
      Directories.delete(directory);
      throw e;
    }
  }

  private static List<String> command(
      Path directory, List<String> moreFlags, int brokerPort, int controllerPort) {
    // Measured: 2.2 s of CPU until ready; 3.7 s without C1 alone, 4.2 s with another collector too.
    List<String> flags =
        new ArrayList<>(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    flags.addAll(moreFlags);
    return JavaCommand.of(
        flags,
        System.getProperty("java.class.path"),
        BrokerMain.class,
        List.of(
            directory.toString(), Integer.toString(brokerPort), Integer.toString(controllerPort)));
  }

  /**
   * Waits until the broker serves clients; if it does not, the process and its directory are gone.
   *
   * @throws PortTakenException if one of its ports was taken
   * @throws IllegalStateException if the broker ends or the time is over; the message holds the end
   *     of its log
   */
  void awaitReady(Duration limit) throws InterruptedException {
    try {
      server.awaitReady(() -> server.logged(BrokerMain.READY), limit);
    } catch (InterruptedException | IllegalStateException e) {
      close();
      throw e;
    }
  }

  Process process() {
    return server.process();
  }

  Path directory() {
    return directory;
  }

  /** Kills the process, and deletes its directory. */
  void close() {
    server.kill();
    Directories.delete(directory);
  }
}
