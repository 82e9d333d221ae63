package io.flinkinference.examples.job;

import io.flinkinference.connectors.client.KafkaOAuth;
import io.flinkinference.connectors.client.KafkaSecurity;
import io.flinkinference.connectors.client.KafkaTls;
import io.flinkinference.connectors.client.KeyFile;
import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

  private static final String FORMS =
      " PEM where its name ends in .pem, .crt or .key, else PKCS #12 or JKS. It lies at this place on"
          + " each machine.";

  static final Key<String> TRUST_STORE =
      Key.optional(
          "trust-store",
          Shapes.text(),
          "For tls: a file of certificates to trust; without it those that the JVM trusts."
              + FORMS);
  static final Key<String> TRUST_STORE_PASSWORD =
      Key.optional(
          "trust-store-password", Shapes.secret(), "Its password, which a PEM file has not.");
  static final Key<String> KEY_STORE =
      Key.optional(
          "key-store",
          Shapes.text(),
          "For tls: a file with the key and the certificate to show." + FORMS);
  static final Key<String> KEY_STORE_PASSWORD =
      Key.optional(
          "key-store-password",
          Shapes.secret(),
          "Its password; for PEM that of the key, where it is encrypted.");

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
          TRUST_STORE,
          TRUST_STORE_PASSWORD,
          KEY_STORE,
          KEY_STORE_PASSWORD);

  private static final Pattern PEM = Pattern.compile(".*\\.(pem|crt|key)");
  private static final List<Key<String>> OF_PASSWORDS = List.of(USER, PASSWORD);
  private static final List<Key<String>> OF_OAUTH =
      List.of(TOKEN_ENDPOINT, CLIENT_ID, CLIENT_SECRET);
  private static final List<Key<String>> OF_TLS =
      List.of(TRUST_STORE, TRUST_STORE_PASSWORD, KEY_STORE, KEY_STORE_PASSWORD);

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
      OF_TLS.forEach(key -> refuse(security, key, "kafka.security.tls is false", problems));
    }
    needs(security, TRUST_STORE_PASSWORD, TRUST_STORE, problems);
    needs(security, KEY_STORE_PASSWORD, KEY_STORE, problems);
    storeNeeds(security, TRUST_STORE, TRUST_STORE_PASSWORD, problems);
    storeNeeds(security, KEY_STORE, KEY_STORE_PASSWORD, problems);
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

  private static void needs(
      Settings security, Key<String> password, Key<String> file, Problems problems) {
    if (security.has(password) && !security.has(file)) {
      problems.add(
          security.line(password),
          security.path(password) + " is set, but " + security.path(file) + " is not. Set it too.");
    }
  }

  private static void storeNeeds(
      Settings security, Key<String> store, Key<String> password, Problems problems) {
    String file = security.get(store);
    if (file != null && !PEM.matcher(file).matches() && !security.has(password)) {
      problems.add(
          security.line(store),
          "%s is %s, which is no PEM file by its name, and such a store needs %s. Set it."
              .formatted(security.path(store), file, security.path(password)));
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
    return security.get(TLS) ? login.overTls(tls(security)) : login;
  }

  private static KafkaOAuth oauth(Settings security) {
    KafkaOAuth oauth =
        KafkaOAuth.clientCredentials(
            security.get(TOKEN_ENDPOINT), security.get(CLIENT_ID), security.get(CLIENT_SECRET));
    return security.find(SCOPE).map(oauth::scope).orElse(oauth);
  }

  private static KafkaTls tls(Settings security) {
    KafkaTls tls = KafkaTls.DEFAULT;
    if (security.has(TRUST_STORE)) {
      tls = tls.trusting(file(security, TRUST_STORE, TRUST_STORE_PASSWORD));
    }
    return security.has(KEY_STORE)
        ? tls.presenting(file(security, KEY_STORE, KEY_STORE_PASSWORD))
        : tls;
  }

  private static KeyFile file(Settings security, Key<String> key, Key<String> password) {
    String file = security.get(key);
    String secret = security.get(password);
    if (!PEM.matcher(file).matches()) {
      return KeyFile.store(file, secret);
    }
    return secret == null ? KeyFile.pem(file) : KeyFile.pem(file, secret);
  }
}
