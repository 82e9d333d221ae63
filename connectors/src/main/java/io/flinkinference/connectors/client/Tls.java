package io.flinkinference.connectors.client;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Whom to trust over TLS, and which certificate to show: to brokers, and to a schema registry. Both
 * read their files in Kafka's way. No form of it shows a secret.
 *
 * @param trusted certificates to trust, or null for those of the JVM
 * @param keys key and certificates to show, or null for none
 */
public record Tls(KeyFile trusted, KeyFile keys) implements Serializable {

  /** Trusts whom the JVM trusts, and shows no certificate. */
  public static final Tls DEFAULT = new Tls(null, null);

  private static final long serialVersionUID = 1L;

  public Tls {
    if (trusted != null && trusted.isPem() && trusted.password() != null) {
      throw new IllegalArgumentException(
          "Certificates to trust in "
              + trusted
              + " have no password in PEM; use KeyFile.pem(file).");
    }
  }

  /** The same, but trusting the certificates in a file instead of the JVM's. */
  public Tls trusting(KeyFile certificates) {
    return new Tls(Objects.requireNonNull(certificates, "certificates"), keys);
  }

  /** The same, but showing the certificate in a file (mutual TLS). */
  public Tls presenting(KeyFile keyAndCertificates) {
    return new Tls(trusted, Objects.requireNonNull(keyAndCertificates, "keyAndCertificates"));
  }

  void addTo(Map<? super String, ? super String> client) {
    if (trusted != null) {
      client.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, trusted.type());
      client.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, trusted.file());
      if (!trusted.isPem()) {
        client.put(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, trusted.password());
      }
    }
    if (keys != null) {
      client.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, keys.type());
      client.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, keys.file());
      if (!keys.isPem()) {
        client.put(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, keys.password());
      }
      if (keys.password() != null) {
        client.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, keys.password());
      }
    }
  }

  /**
   * Reads the files, for clients other than Kafka's.
   *
   * @return empty where the JVM's own context does
   * @throws IllegalArgumentException if a file cannot be read, with its name
   */
  public Optional<SSLContext> context() {
    if (equals(DEFAULT)) {
      return Optional.empty();
    }
    ConfigDef settings = new ConfigDef();
    SslConfigs.addClientSslSupport(settings);
    Map<String, Object> client = new HashMap<>();
    addTo(client);
    // Of a text Kafka would cut blanks off.
    client.replaceAll((name, value) -> isPassword(name) ? new Password((String) value) : value);
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(settings.parse(client));
      return Optional.of(factory.sslContext());
    } catch (KafkaException e) {
      throw new IllegalArgumentException(
          "TLS cannot be set up, " + this + ": " + reasons(e) + ".", e);
    }
  }

  private static boolean isPassword(String setting) {
    return setting.endsWith("password");
  }

  /** The first names the file, the last says what is wrong with it. */
  private static String reasons(Throwable e) {
    StringJoiner reasons = new StringJoiner(": ");
    for (Throwable reason = e; reason != null; reason = reason.getCause()) {
      reasons.add(String.valueOf(reason.getMessage()));
    }
    return reasons.toString();
  }

  @Override
  public String toString() {
    return "trusting "
        + (trusted == null ? "whom the JVM trusts" : trusted)
        + " and presenting "
        + (keys == null ? "nothing" : keys);
  }
}
