package io.flinkinference.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * Main class of the broker's process: formats the storage and runs the broker, on a {@link Leash}.
 *
 * <p>Arguments: the directory and the two ports.
 */
final class BrokerMain {

  /** It prints this when it can be used. */
  static final String READY = "The broker serves clients.";

  private BrokerMain() {}

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    Properties properties =
        BrokerConfig.properties(directory, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    properties.putAll(BrokerConfig.left(directory));
    Path file = BrokerConfig.write(properties, directory);

    // At once: the data goes with it, so that an orderly shutdown would only take time.
    Leash.hold(() -> Directories.delete(directory));

    format(file);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    try {
      server.startup();
    } catch (Throwable e) {
      e.printStackTrace();
      // Threads that were started before the failure would keep the process alive.
      Runtime.getRuntime().halt(1);
    }
    System.out.println(READY);
    server.awaitShutdown();
  }

  private static void format(Path file) {
    String[] command = {
      "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()
    };
    if (StorageTool.execute(command, System.err) != 0) {
      throw new IllegalStateException("The broker's storage cannot be formatted.");
    }
  }
}
