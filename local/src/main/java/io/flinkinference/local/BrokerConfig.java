package io.flinkinference.local;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Settings of a single broker that is its own controller, bound to loopback alone. */
final class BrokerConfig {

  private static final String HOST = "127.0.0.1";

  private static final String MORE = "more.properties";

  private BrokerConfig() {}

  /** Where clients find a broker that listens on the given port. */
  static String address(int port) {
    return HOST + ":" + port;
  }

  static Properties properties(Path directory, int brokerPort, int controllerPort) {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@" + address(controllerPort));
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty(
        "listeners",
        "PLAINTEXT://" + address(brokerPort) + ",CONTROLLER://" + address(controllerPort));
    p.setProperty("advertised.listeners", "PLAINTEXT://" + address(brokerPort));
    p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("log.dirs", directory.resolve("data").toString());

    // A topic that is misspelt shows as an error instead of as an empty topic.
    p.setProperty("auto.create.topics.enable", "false");

    // One broker holds the only replica there can be.
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");

    // The default of 50 partitions each makes the first group and the first transaction slow.
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("transaction.state.log.num.partitions", "1");

    // Records may have timestamps of any time: the broker would delete old ones 30 s
    // after its start, which on a slow machine is before somebody has read them.
    p.setProperty("log.retention.ms", "-1");

    // Nobody else is expected to join a group, and the broker need not wait to be let in.
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("broker.heartbeat.interval.ms", "500");
    return p;
  }

  /** Leaves settings that the broker's process adds to its own. */
  static void leave(Properties more, Path directory) throws IOException {
    try (Writer writer = Files.newBufferedWriter(directory.resolve(MORE))) {
      more.store(writer, null);
    }
  }

  /** Reads what {@link #leave} wrote. */
  static Properties left(Path directory) throws IOException {
    Properties more = new Properties();
    try (Reader reader = Files.newBufferedReader(directory.resolve(MORE))) {
      more.load(reader);
    }
    return more;
  }

  static Path write(Properties properties, Path directory) throws IOException {
    Path file = directory.resolve("server.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }
}
