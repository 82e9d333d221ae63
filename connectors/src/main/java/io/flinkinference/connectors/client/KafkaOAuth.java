package io.flinkinference.connectors.client;

import static io.flinkinference.connectors.client.ClientProperties.requireText;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * Where OAUTHBEARER gets its tokens: the client credentials grant of OAuth 2 (RFC 6749, 4.4).
 *
 * <p>Kafka's client asks only URLs that the JVM was started with: {@code
 * -Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=} and the URL, on JobManager and TaskManagers
 * ({@code env.java.opts.all} in Flink's configuration).
 *
 * <p>Immutable; no form of it shows the secret.
 */
public final class KafkaOAuth implements Serializable {

  /** The system property that names the URLs which Kafka's client may ask. */
  public static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  private static final long serialVersionUID = 1L;

  private static final String HANDLER =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler";

  private final String tokenEndpoint;
  private final String clientId;
  private final String clientSecret;
  private final String scope;

  private KafkaOAuth(String tokenEndpoint, String clientId, String clientSecret, String scope) {
    this.tokenEndpoint = tokenEndpoint;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.scope = scope;
  }

  /**
   * Tokens from a server.
   *
   * @param tokenEndpoint URL, such as {@code https://login.example.org/oauth2/token}
   */
  public static KafkaOAuth clientCredentials(
      String tokenEndpoint, String clientId, String clientSecret) {
    requireText(clientId, "The OAuth client id", "pass the one that the token server knows");
    if (clientSecret == null || clientSecret.isBlank()) {
      throw new IllegalArgumentException(
          "The secret of OAuth client '" + clientId + "' is missing or blank; pass it.");
    }
    return new KafkaOAuth(requireEndpoint(tokenEndpoint), clientId, clientSecret, null);
  }

  /** The same, but asking for a scope. */
  public KafkaOAuth scope(String of) {
    requireText(of, "The OAuth scope", "leave scope() out to ask for none");
    return new KafkaOAuth(tokenEndpoint, clientId, clientSecret, of);
  }

  /**
   * Returns the URL of a token server.
   *
   * @throws IllegalArgumentException if it is none, or has a user in it
   */
  public static String requireEndpoint(String tokenEndpoint) {
    requireText(tokenEndpoint, "The token endpoint", "pass its URL");
    if (tokenEndpoint.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "The token endpoint's URL has a user in it, which logs would show; pass client id and"
              + " secret apart.");
    }
    if (!isHttp(tokenEndpoint)) {
      throw new IllegalArgumentException(
          "The token endpoint's URL begins with https:// or http:// and a host, not "
              + tokenEndpoint
              + ".");
    }
    return tokenEndpoint;
  }

  private static boolean isHttp(String text) {
    try {
      URI url = new URI(text);
      boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      return http && url.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  String clientId() {
    return clientId;
  }

  void addTo(Map<? super String, ? super String> client) {
    client.put(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, HANDLER);
    client.put(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, tokenEndpoint);
    client.put(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID, clientId);
    client.put(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET, clientSecret);
    if (scope != null) {
      client.put(SaslConfigs.SASL_OAUTHBEARER_SCOPE, scope);
    }
  }

  /**
   * What to do about a token endpoint that Kafka's client must not ask in this JVM; empty where it
   * may, or where the settings name none.
   */
  public static Optional<String> notAllowedHere(Map<?, ?> client) {
    Object url = client.get(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL);
    String allowed = System.getProperty(ALLOWED_URLS, "");
    if (url == null
        || List.of(allowed.split(",", -1)).stream().anyMatch(a -> url.equals(a.strip()))) {
      return Optional.empty();
    }
    return Optional.of(
        "Kafka's client may not ask "
            + url
            + " for a token in this JVM; start it with -D"
            + ALLOWED_URLS
            + "="
            + url
            + ", on a cluster by env.java.opts.all in Flink's configuration.");
  }

  @Override
  public String toString() {
    return "KafkaOAuth[" + clientId + " at " + tokenEndpoint + "]";
  }
}
