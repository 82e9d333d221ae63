package io.flinkinference.connectors.client;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.SslConfigs;

/**
 * Which brokers to trust, and which certificate to show them.
 *
 * <p>Immutable; no form of it shows a secret.
 */
public final class KafkaTls implements Serializable {

  /** Trusts whom the JVM trusts, and shows no certificate. */
  public static final KafkaTls DEFAULT = new KafkaTls(null, null);

  private static final long serialVersionUID = 1L;

  private final KeyFile trusted;
  private final KeyFile keys;

  private KafkaTls(KeyFile trusted, KeyFile keys) {
    this.trusted = trusted;
    this.keys = keys;
  }

  /** The same, but trusting the certificates in a file instead of the JVM's. */
  public KafkaTls trusting(KeyFile certificates) {
    if (certificates.isPem() && certificates.password() != null) {
      throw new IllegalArgumentException(
          "Certificates to trust in "
              + certificates
              + " have no password in PEM; use KeyFile.pem(file).");
    }
    return new KafkaTls(certificates, keys);
  }

  /** The same, but showing the certificate in a file (mutual TLS). */
  public KafkaTls presenting(KeyFile keyAndCertificates) {
    return new KafkaTls(trusted, Objects.requireNonNull(keyAndCertificates, "keyAndCertificates"));
  }

  /** What {@link #presenting} was given, or null. */
  KeyFile keys() {
    return keys;
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

  @Override
  public String toString() {
    return "KafkaTls[trusting "
        + (trusted == null ? "whom the JVM trusts" : trusted)
        + ", presenting "
        + (keys == null ? "nothing" : keys)
        + "]";
  }
}
