package io.flinkinference.connectors.client;

import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * Settings that a user hands on to the Kafka client. Those that a builder sets itself are refused,
 * or two places would say different things and one would lose unseen.
 */
public final class ClientProperties {

  private final Properties properties = new Properties();
  private final Map<String, String> owned;

  /**
   * @param owned names that are refused, each with what to call instead
   */
  public ClientProperties(Map<String, String> owned) {
    this.owned = owned;
  }

  /**
   * Sets one.
   *
   * @throws IllegalArgumentException if it is one of those that are refused
   */
  public void set(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, () -> "The value of client property '" + name + "' is null.");
    String instead = owned.get(name);
    if (instead != null) {
      throw new IllegalArgumentException(
          "Client property '" + name + "' cannot be set by property(); " + instead + ".");
    }
    properties.setProperty(name, value);
  }

  /**
   * All settings of a client.
   *
   * @param security may be null
   * @throws IllegalArgumentException if it and a property say the same thing
   */
  public Properties with(KafkaSecurity security) {
    Properties all = new Properties();
    all.putAll(properties);
    if (security == null) {
      return all;
    }
    for (String name : properties.stringPropertyNames()) {
      if (KafkaSecurity.OWNED.contains(name)) {
        throw new IllegalArgumentException(
            "property() sets '"
                + name
                + "', and security() is called too, with "
                + security
                + "; leave one of them out.");
      }
    }
    security.addTo(all);
    return all;
  }

  /**
   * Returns a value that must not be blank.
   *
   * @param name what it is, at the start of the error's sentence
   * @param remedy what to do, at its end
   */
  public static String requireText(String value, String name, String remedy) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name + " must not be blank but is '" + value + "'; " + remedy + ".");
    }
    return value;
  }
}
