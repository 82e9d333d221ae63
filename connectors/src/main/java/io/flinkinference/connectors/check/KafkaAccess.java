package io.flinkinference.connectors.check;

import io.flinkinference.connectors.client.KafkaOAuth;
import io.flinkinference.connectors.client.KafkaSecurity;
import io.flinkinference.result.UnavailableException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * How to reach a Kafka cluster, as a source or sink does. Immutable; holds secrets and shows none.
 */
public final class KafkaAccess implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Kafka's words for names that no DNS knows, which has no exception of its own. */
  private static final String UNRESOLVED = "No resolvable bootstrap urls";

  private final String who;
  private final boolean ownJaas;
  private final HashMap<String, Object> settings;

  private KafkaAccess(String who, boolean ownJaas, Map<String, Object> settings) {
    this.who = who;
    this.ownJaas = ownJaas;
    this.settings = new HashMap<>(settings); // A map that Java serialises.
  }

  /**
   * Takes a client's settings, without those that only consumers and producers know: an admin
   * client would warn of them. What neither knows is for a plug-in, such as a provider of secrets.
   *
   * @param security may be null
   */
  public static KafkaAccess of(String bootstrapServers, Properties client, KafkaSecurity security) {
    Map<String, Object> settings = new HashMap<>();
    for (String name : client.stringPropertyNames()) {
      if (AdminClientConfig.configNames().contains(name) || !isKnown(name)) {
        settings.put(name, client.getProperty(name));
      }
    }
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return security == null
        ? new KafkaAccess("The job", settings.containsKey(SaslConfigs.SASL_JAAS_CONFIG), settings)
        : new KafkaAccess(security.toString(), false, settings);
  }

  private static boolean isKnown(String name) {
    return ConsumerConfig.configNames().contains(name)
        || ProducerConfig.configNames().contains(name);
  }

  /** Who asks, at the start of a sentence. */
  String who() {
    return who;
  }

  /** Whether some server is named here and there, so that both lead to one cluster. */
  boolean sharesServerWith(KafkaAccess other) {
    return !Collections.disjoint(servers(), other.servers());
  }

  private List<String> servers() {
    String all = (String) settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
    return Arrays.stream(all.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** Asks the cluster with a client of its own, as {@link #connect} makes it. */
  void ask(Consumer<Admin> questions) {
    try (Admin admin = connect()) {
      questions.accept(admin);
    }
  }

  /**
   * Returns a client, which is the caller's to close.
   *
   * @throws KafkaSetupException if no client can be made of the settings
   * @throws UnavailableException if no name of the servers can be resolved, which may pass
   */
  Admin connect() {
    KafkaOAuth.notAllowedHere(settings)
        .ifPresent(
            problem -> {
              throw new KafkaSetupException(problem, null);
            });
    try {
      return Admin.create(settings);
    } catch (KafkaException e) {
      Throwable root = rootOf(e);
      if (root instanceof ConfigException && root.getMessage().startsWith(UNRESOLVED)) {
        throw new UnavailableException(
            "No name of Kafka's servers can be resolved ("
                + this
                + "). Look at the names of the servers, and at DNS.",
            root);
      }
      if (ownJaas) {
        // Without Kafka's own words and without the cause: both may quote parts of it.
        throw new KafkaSetupException(
            "There is no Kafka client with these settings ("
                + who
                + "). Kafka's reason is left out, for it may show parts of "
                + SaslConfigs.SASL_JAAS_CONFIG
                + ". Look at that, and at files and their passwords; or have security() make it.",
            null);
      }
      throw new KafkaSetupException(
          "There is no Kafka client with these settings ("
              + who
              + "): "
              + root.getMessage()
              + ". Look at the files and their passwords.",
          e);
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  @Override
  public String toString() {
    return who + " at " + settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
  }
}
