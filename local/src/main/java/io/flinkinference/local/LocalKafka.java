package io.flinkinference.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A real Kafka broker (KRaft, one node) in a process of its own, on free loopback ports.
 *
 * <pre>{@code
 * try (LocalKafka kafka = LocalKafka.start()) {
 *   kafka.createTopic("texts", 2);
 *   // clients connect to kafka.bootstrapServers()
 * }
 * }</pre>
 *
 * <p>The broker keeps its data in a temporary directory that goes with it. It never outlives this
 * process, even one that is killed. Topics must be created; none appears by itself.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class LocalKafka implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final BrokerProcess broker;
  private final String bootstrapServers;

  private final Map<SecurityProtocol, Integer> securePorts;

  private LocalKafka(
      BrokerProcess broker, String bootstrapServers, Map<SecurityProtocol, Integer> securePorts) {
    this.broker = broker;
    this.bootstrapServers = bootstrapServers;
    this.securePorts = securePorts;
  }

  /**
   * Starts a broker and waits until it serves clients, a few seconds.
   *
   * @throws IllegalStateException if it does not start; the message holds the tail of its log
   */
  public static LocalKafka start() throws IOException, InterruptedException {
    return start(BrokerSecurity.NONE);
  }

  /**
   * Starts a broker that also has listeners which ask who connects.
   *
   * @throws IllegalStateException if it does not start; the message holds the tail of its log
   */
  public static LocalKafka start(BrokerSecurity security) throws IOException, InterruptedException {
    return PortAttempts.start(2 + security.listeners(), ports -> startOn(security, ports));
  }

  private static LocalKafka startOn(BrokerSecurity security, int[] ports)
      throws IOException, InterruptedException {
    BrokerProcess broker = BrokerProcess.launch(security, ports);
    broker.awaitReady(START_LIMIT);
    LocalKafka kafka =
        new LocalKafka(broker, BrokerConfig.address(ports[0]), security.ports(ports));
    kafka.createUsers(security);
    return kafka;
  }

  private void createUsers(BrokerSecurity security) throws InterruptedException {
    if (security.listeners() == 0) {
      return;
    }
    try (Admin admin = admin()) {
      for (List<UserScramCredentialAlteration> request : security.scramUsers()) {
        admin.alterUserScramCredentials(request).all().get();
      }
    } catch (ExecutionException e) {
      close();
      throw new IllegalStateException("The broker takes no users.", e.getCause());
    }
  }

  /** Host and port for clients, such as {@code 127.0.0.1:40123}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * Host and port for clients that connect in the given way.
   *
   * @throws IllegalArgumentException if the broker was not started with such a listener
   */
  public String bootstrapServers(SecurityProtocol protocol) {
    Integer port = securePorts.get(protocol);
    if (port == null) {
      throw new IllegalArgumentException(
          "The broker has no listener for " + protocol + "; pass a BrokerSecurity to start().");
    }
    return BrokerConfig.address(port);
  }

  /**
   * Creates a topic; returns when it can be used.
   *
   * @throws IllegalStateException if it exists, or its name is not a legal one
   */
  public void createTopic(String name, int partitions) throws InterruptedException {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Topic '" + name + "' cannot be created: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** A new client that may do everything; the caller closes it. */
  public Admin admin() {
    return Admin.create(
        Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /** The broker's process, for tests that stop, resume or kill it. */
  public Process process() {
    return broker.process();
  }

  /** Where the broker keeps its settings, log and data. */
  Path directory() {
    return broker.directory();
  }

  /** Kills the broker, and deletes its data. */
  @Override
  public void close() {
    broker.close();
  }
}
