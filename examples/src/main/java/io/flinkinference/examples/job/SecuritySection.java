package io.flinkinference.examples.job;

import io.flinkinference.connectors.client.KafkaOAuth;
import io.flinkinference.connectors.client.KafkaSecurity;
import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import java.util.List;
import java.util.Optional;

/** The section {@code kafka.security}: who the job is, and whether over TLS. */
final class SecuritySection {

  static final Key<Mechanism> MECHANISM =
      Key.withDefault(
          "mechanism",
          Mechanism.NONE,
          "How the job shows who it is. With none, and a key-store, its certificate says so.");
  static final Key<String> USER =
      Key.optional("user", Shapes.text(), "For plain and scram: the user.");
  static final Key<String> PASSWORD =
      Key.optional("password", Shapes.secret(), "For plain and scram: the password.");
  static final Key<String> TOKEN_ENDPOINT =
      Key.optional(
          "token-endpoint",
          Shapes.text(
              "a URL, such as https://login.example.org/oauth2/token", KafkaOAuth::requireEndpoint),
          "For oauthbearer: URL of the server that gives out tokens.");
  static final Key<String> CLIENT_ID =
      Key.optional("client-id", Shapes.text(), "For oauthbearer: who asks for a token.");
  static final Key<String> CLIENT_SECRET =
      Key.optional("client-secret", Shapes.secret(), "For oauthbearer: the secret of the client.");
  static final Key<String> SCOPE =
      Key.optional("scope", Shapes.text(), "For oauthbearer: the scope to ask for.");
  static final Key<Boolean> TLS =
      Key.withDefault(
          "tls", Shapes.flag(), false, "false", "Whether brokers are spoken to over TLS.");

  static final Section SECTION =
      Section.of(
          MECHANISM,
          USER,
          PASSWORD,
          TOKEN_ENDPOINT,
          CLIENT_ID,
          CLIENT_SECRET,
          SCOPE,
          TLS,
          TlsFiles.TRUST_STORE,
          TlsFiles.TRUST_STORE_PASSWORD,
          TlsFiles.KEY_STORE,
          TlsFiles.KEY_STORE_PASSWORD);

  private static final List<Key<String>> OF_PASSWORDS = List.of(USER, PASSWORD);
  private static final List<Key<String>> OF_OAUTH =
      List.of(TOKEN_ENDPOINT, CLIENT_ID, CLIENT_SECRET);

  private SecuritySection() {}

  /** The ways to show who one is. */
  enum Mechanism {
    NONE,
    PLAIN,
    SCRAM_SHA_256,
    SCRAM_SHA_512,
    OAUTHBEARER
  }

  static void check(Settings security, Problems problems) {
    Mechanism mechanism = security.get(MECHANISM);
    if (mechanism == null) {
      return;
    }
    int before = problems.count();
    boolean passwords = mechanism != Mechanism.NONE && mechanism != Mechanism.OAUTHBEARER;
    allOrNone(security, OF_PASSWORDS, passwords, problems);
    allOrNone(security, OF_OAUTH, mechanism == Mechanism.OAUTHBEARER, problems);
    if (mechanism != Mechanism.OAUTHBEARER) {
      refuse(security, SCOPE, "kafka.security.mechanism is " + Shapes.spelled(mechanism), problems);
    }
    if (security.find(TLS).map(tls -> !tls).orElse(false)) {
      TlsFiles.ALL.forEach(key -> refuse(security, key, "kafka.security.tls is false", problems));
    }
    TlsFiles.check(security, problems);
    if (security.isSound() && problems.count() == before) {
      build(security, problems);
    }
  }

  private static void build(Settings security, Problems problems) {
    try {
      of(security);
    } catch (IllegalArgumentException e) {
      problems.add(security.line(MECHANISM), e.getMessage());
    }
  }

  private static void allOrNone(
      Settings security, List<Key<String>> keys, boolean all, Problems problems) {
    String mechanism = "kafka.security.mechanism is " + Shapes.spelled(security.get(MECHANISM));
    for (Key<String> key : keys) {
      if (!all) {
        refuse(security, key, mechanism, problems);
      } else if (!security.has(key)) {
        problems.add(
            security.line(MECHANISM),
            mechanism + ", which needs " + security.path(key) + ". Set it.");
      }
    }
  }

  private static void refuse(Settings security, Key<?> key, String why, Problems problems) {
    if (security.has(key)) {
      problems.add(
          security.line(key), security.path(key) + " is set, but " + why + ". Leave it out.");
    }
  }

  /** Of the section {@code kafka}; empty where nothing of it is set. */
  static Optional<KafkaSecurity> ofKafka(Settings kafka) {
    return kafka.has(KafkaSection.SECURITY)
        ? Optional.of(of(kafka.get(KafkaSection.SECURITY)))
        : Optional.empty();
  }

  private static KafkaSecurity of(Settings security) {
    KafkaSecurity login =
        switch (security.get(MECHANISM)) {
          case NONE -> KafkaSecurity.NONE;
          case PLAIN -> KafkaSecurity.plain(security.get(USER), security.get(PASSWORD));
          case SCRAM_SHA_256 ->
              KafkaSecurity.scramSha256(security.get(USER), security.get(PASSWORD));
          case SCRAM_SHA_512 ->
              KafkaSecurity.scramSha512(security.get(USER), security.get(PASSWORD));
          case OAUTHBEARER -> KafkaSecurity.oauthBearer(oauth(security));
        };
    return security.get(TLS) ? login.overTls(TlsFiles.of(security)) : login;
  }

  private static KafkaOAuth oauth(Settings security) {
    KafkaOAuth oauth =
        KafkaOAuth.clientCredentials(
            security.get(TOKEN_ENDPOINT), security.get(CLIENT_ID), security.get(CLIENT_SECRET));
    return security.find(SCOPE).map(oauth::scope).orElse(oauth);
  }
}
