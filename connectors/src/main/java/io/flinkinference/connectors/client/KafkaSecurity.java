package io.flinkinference.connectors.client;

import static io.flinkinference.connectors.client.ClientProperties.requireText;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * How a job shows the Kafka brokers who it is, and whether it speaks TLS with them.
 *
 * <pre>{@code
 * KafkaSecurity security =
 *     KafkaSecurity.scramSha512("scoring", System.getenv("KAFKA_PASSWORD"))
 *         .overTls(Tls.DEFAULT.trusting(KeyFile.pem("/etc/kafka/ca.pem")));
 * KafkaTexts.source(servers, "texts").groupId("scoring").security(security).build();
 * }</pre>
 *
 * <p>Immutable. Its secrets travel with the job, as all client settings do, but no message, log or
 * {@link #toString} shows them. Without TLS, PLAIN and OAUTHBEARER send the secret readable.
 */
public final class KafkaSecurity implements Serializable {

  /** For brokers that ask nobody who they are. */
  public static final KafkaSecurity NONE = new KafkaSecurity("An anonymous client", Map.of(), null);

  /** What only an object of this class sets where there is one. */
  static final Set<String> OWNED =
      Set.of(
          CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
          SaslConfigs.SASL_MECHANISM,
          SaslConfigs.SASL_JAAS_CONFIG,
          SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS,
          SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL,
          SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID,
          SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET,
          SaslConfigs.SASL_OAUTHBEARER_SCOPE,
          SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
          SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
          SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
          SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
          SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
          SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
          SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
          SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
          SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
          SslConfigs.SSL_KEY_PASSWORD_CONFIG);

  private static final long serialVersionUID = 1L;

  private final String who;
  private final HashMap<String, String> login;
  private final Tls tls;

  private KafkaSecurity(String who, Map<String, String> login, Tls tls) {
    this.who = who;
    this.login = new HashMap<>(login); // A map that Java serialises.
    this.tls = tls;
  }

  /** Whether a setting of a client is one that only {@code security()} sets where it is called. */
  public static boolean owns(String setting) {
    return OWNED.contains(setting);
  }

  /** TLS without a user; with {@link Tls#presenting} the certificate says who it is. */
  public static KafkaSecurity tls(Tls tls) {
    return NONE.overTls(tls);
  }

  /** SASL/PLAIN: user and password as they are, so only over TLS outside of tests. */
  public static KafkaSecurity plain(String user, String password) {
    return password("PLAIN", "plain.PlainLoginModule", user, password);
  }

  /** SASL/SCRAM-SHA-256: the password is proven, not sent. */
  public static KafkaSecurity scramSha256(String user, String password) {
    return password("SCRAM-SHA-256", "scram.ScramLoginModule", user, password);
  }

  /** SASL/SCRAM-SHA-512: the password is proven, not sent. */
  public static KafkaSecurity scramSha512(String user, String password) {
    return password("SCRAM-SHA-512", "scram.ScramLoginModule", user, password);
  }

  /** SASL/OAUTHBEARER: a token that a server gives out; {@link KafkaOAuth} says what it needs. */
  public static KafkaSecurity oauthBearer(KafkaOAuth oauth) {
    Map<String, String> login = sasl("OAUTHBEARER", "oauthbearer.OAuthBearerLoginModule", Map.of());
    oauth.addTo(login);
    return new KafkaSecurity("OAUTHBEARER client '" + oauth.clientId() + "'", login, null);
  }

  private static KafkaSecurity password(
      String mechanism, String module, String user, String password) {
    requireText(user, "The Kafka user", "pass the name that the broker knows");
    if (password == null || password.isEmpty() || password.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "The password of Kafka user '"
              + user
              + "' is missing, empty or has a NUL in it; pass the one that the broker knows.");
    }
    return new KafkaSecurity(
        mechanism + " user '" + user + "'",
        sasl(mechanism, module, Map.of("username", user, "password", password)),
        null);
  }

  private static Map<String, String> sasl(
      String mechanism, String module, Map<String, String> options) {
    Map<String, String> login = new HashMap<>();
    login.put(SaslConfigs.SASL_MECHANISM, mechanism);
    login.put(
        SaslConfigs.SASL_JAAS_CONFIG,
        Jaas.entry("org.apache.kafka.common.security." + module, options));
    return login;
  }

  /** The same, over TLS. */
  public KafkaSecurity overTls(Tls with) {
    return new KafkaSecurity(who, login, Objects.requireNonNull(with, "with"));
  }

  /**
   * Adds the settings of a Kafka client, for clients that a job makes itself. They hold the
   * secrets: never print them.
   */
  public void addTo(Map<? super String, ? super String> client) {
    client.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol().name);
    client.putAll(login);
    if (tls != null) {
      tls.addTo(client);
    }
  }

  private SecurityProtocol protocol() {
    if (login.isEmpty()) {
      return tls == null ? SecurityProtocol.PLAINTEXT : SecurityProtocol.SSL;
    }
    return tls == null ? SecurityProtocol.SASL_PLAINTEXT : SecurityProtocol.SASL_SSL;
  }

  /** Who it is, and how; no secret. */
  @Override
  public String toString() {
    if (tls == null) {
      return who + " without TLS";
    }
    return (login.isEmpty() && tls.keys() != null ? "The owner of " + tls.keys() : who)
        + " over TLS";
  }
}
