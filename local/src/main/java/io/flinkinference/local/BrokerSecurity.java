package io.flinkinference.local;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * Listeners of a broker that ask who connects: SASL (PLAIN, SCRAM, OAUTHBEARER) with and without
 * TLS, and TLS with a client's certificate. Who comes by one of them may do nothing but what ACLs
 * allow; who comes by the plain listener may do everything.
 *
 * @param certificates of the broker and of its client; null for no such listeners at all
 * @param users their passwords, for PLAIN and SCRAM; for PLAIN without quotes and backslashes
 * @param jwks keys that OAUTHBEARER tokens are signed with (RFC 7517), or null for no tokens
 */
public record BrokerSecurity(LocalCertificates certificates, Map<String, String> users, URI jwks) {

  static final BrokerSecurity NONE = new BrokerSecurity(null, Map.of(), null);

  /** Audience that a token must name. */
  public static final String TOKEN_AUDIENCE = "kafka";

  private static final List<SecurityProtocol> PROTOCOLS =
      List.of(SecurityProtocol.SASL_SSL, SecurityProtocol.SASL_PLAINTEXT, SecurityProtocol.SSL);

  private static final int SCRAM_ITERATIONS = 4096;
  private static final String MODULES = "org.apache.kafka.common.security.";
  private static final String HANDLER = MODULES + "oauthbearer.OAuthBearerValidatorCallbackHandler";

  int listeners() {
    return certificates == null ? 0 : PROTOCOLS.size();
  }

  /** Ports behind the plain one and the controller's, by what they are for. */
  Map<SecurityProtocol, Integer> ports(int... all) {
    Map<SecurityProtocol, Integer> ports = new EnumMap<>(SecurityProtocol.class);
    for (int i = 0; i < listeners(); i++) {
      ports.put(PROTOCOLS.get(i), all[i + 2]);
    }
    return ports;
  }

  /** Settings beside those of {@link BrokerConfig}, or instead of them. */
  Properties settings(int... ports) {
    Properties p = new Properties();
    if (listeners() == 0) {
      return p;
    }
    String secure =
        ports(ports).entrySet().stream()
            .map(e -> "," + e.getKey() + "://" + BrokerConfig.address(e.getValue()))
            .collect(Collectors.joining());
    String plain = "PLAINTEXT://" + BrokerConfig.address(ports[0]);
    p.setProperty("advertised.listeners", plain + secure);
    p.setProperty("listeners", plain + secure + ",CONTROLLER://" + BrokerConfig.address(ports[1]));
    p.setProperty(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,"
            + PROTOCOLS.stream().map(x -> x + ":" + x).collect(Collectors.joining(",")));
    p.setProperty(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    p.setProperty("super.users", "User:ANONYMOUS");
    certificates.addTo(p);
    p.setProperty("listener.name.ssl.ssl.client.auth", "required");
    sasl(p, "listener.name.sasl_ssl.");
    sasl(p, "listener.name.sasl_plaintext.");
    return p;
  }

  private void sasl(Properties p, String listener) {
    List<String> mechanisms = new ArrayList<>(List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"));
    String scram = MODULES + "scram.ScramLoginModule required;";
    p.setProperty(listener + "scram-sha-256.sasl.jaas.config", scram);
    p.setProperty(listener + "scram-sha-512.sasl.jaas.config", scram);
    p.setProperty(
        listener + "plain.sasl.jaas.config",
        users.entrySet().stream()
            .filter(user -> user.getValue().chars().noneMatch(c -> c == '"' || c == '\\'))
            .map(user -> "user_" + user.getKey() + "=\"" + user.getValue() + "\"")
            .collect(Collectors.joining(" ", MODULES + "plain.PlainLoginModule required ", ";")));
    if (jwks != null) {
      mechanisms.add("OAUTHBEARER");
      p.setProperty(
          listener + "oauthbearer.sasl.jaas.config",
          MODULES + "oauthbearer.OAuthBearerLoginModule required;");
      p.setProperty(listener + "oauthbearer.sasl.server.callback.handler.class", HANDLER);
      p.setProperty(listener + "oauthbearer.sasl.oauthbearer.jwks.endpoint.url", jwks.toString());
      p.setProperty(listener + "oauthbearer.sasl.oauthbearer.expected.audience", TOKEN_AUDIENCE);
    }
    p.setProperty(listener + "sasl.enabled.mechanisms", String.join(",", mechanisms));
  }

  List<String> jvmFlags() {
    return jwks == null
        ? List.of()
        : List.of("-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + jwks);
  }

  /** One request for each hash: none may name a user twice. */
  List<List<UserScramCredentialAlteration>> scramUsers() {
    List<List<UserScramCredentialAlteration>> requests = new ArrayList<>();
    for (ScramMechanism mechanism :
        List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
      ScramCredentialInfo info = new ScramCredentialInfo(mechanism, SCRAM_ITERATIONS);
      List<UserScramCredentialAlteration> request = new ArrayList<>();
      users.forEach(
          (user, password) -> request.add(new UserScramCredentialUpsertion(user, info, password)));
      requests.add(request);
    }
    return requests;
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "BrokerSecurity[" + users.keySet() + "]";
  }
}
