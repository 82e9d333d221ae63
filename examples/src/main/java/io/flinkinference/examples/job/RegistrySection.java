package io.flinkinference.examples.job;

import io.flinkinference.connectors.registry.Credentials;
import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.connectors.registry.StoreFile;
import io.flinkinference.connectors.registry.Tls;
import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import java.time.Duration;

/** The section {@code schema-registry}: where schemas of Avro values are. */
final class RegistrySection {

  static final Key<RegistryOptions> URL =
      Key.required(
          "url",
          Shapes.text(
              "a URL, or several of the same registry separated by commas", RegistryOptions::at),
          "Where its interface is, such as http://registry:8081; the next is asked where one does"
              + " not answer.");

  static final Key<String> USER = Key.optional("user", Shapes.text(), "Who asks, with a password.");
  static final Key<String> PASSWORD =
      Key.optional("password", Shapes.secret(), "The password of the user.");
  static final Key<String> TOKEN =
      Key.optional("token", Shapes.secret(), "A bearer token, instead of user and password.");

  static final Key<String> TRUST_STORE =
      Key.optional(
          "trust-store",
          Shapes.text(),
          "A file of certificates to trust (PKCS #12 or JKS), on each machine; without it those that"
              + " the JVM trusts.");
  static final Key<String> TRUST_STORE_PASSWORD =
      Key.optional("trust-store-password", Shapes.secret(), "Its password.");
  static final Key<String> KEY_STORE =
      Key.optional(
          "key-store",
          Shapes.text(),
          "A file with the key and the certificate to show (PKCS #12 or JKS), on each machine.");
  static final Key<String> KEY_STORE_PASSWORD =
      Key.optional("key-store-password", Shapes.secret(), "Its password.");

  static final Key<Duration> TIMEOUT =
      Key.withDefault(
          "timeout",
          Shapes.duration(),
          Duration.ofSeconds(10),
          "10 s",
          "How long a request may take.");
  static final Key<Integer> ATTEMPTS =
      Key.withDefault(
          "attempts",
          Shapes.whole(1),
          6,
          "6",
          "How often each URL is asked where that fails for reasons that may pass. After that the"
              + " job fails, and goes on by its restart strategy.");

  static final Section SECTION =
      Section.of(
          URL,
          USER,
          PASSWORD,
          TOKEN,
          TRUST_STORE,
          TRUST_STORE_PASSWORD,
          KEY_STORE,
          KEY_STORE_PASSWORD,
          TIMEOUT,
          ATTEMPTS);

  private RegistrySection() {}

  static void check(Settings registry, Problems problems) {
    together(registry, USER, PASSWORD, problems);
    together(registry, TRUST_STORE, TRUST_STORE_PASSWORD, problems);
    together(registry, KEY_STORE, KEY_STORE_PASSWORD, problems);
    if (registry.has(USER) && registry.has(TOKEN)) {
      problems.add(
          registry.line(TOKEN),
          "schema-registry has both a user and a token. Leave one of them out.");
    }
    try {
      credentials(registry);
    } catch (IllegalArgumentException e) {
      problems.add(registry.line(registry.has(TOKEN) ? TOKEN : USER), e.getMessage());
    }
  }

  private static void together(
      Settings registry, Key<String> one, Key<String> other, Problems problems) {
    if (registry.has(one) != registry.has(other)) {
      Key<String> there = registry.has(one) ? one : other;
      Key<String> missing = registry.has(one) ? other : one;
      problems.add(
          registry.line(there),
          registry.path(there) + " needs " + registry.path(missing) + " beside it.");
    }
  }

  static RegistryOptions options(Settings registry) {
    return registry
        .get(URL)
        .with(credentials(registry))
        .with(
            new Tls(
                store(registry, TRUST_STORE, TRUST_STORE_PASSWORD),
                store(registry, KEY_STORE, KEY_STORE_PASSWORD)))
        .trying(registry.get(ATTEMPTS), registry.get(TIMEOUT));
  }

  private static Credentials credentials(Settings registry) {
    if (registry.find(TOKEN).isPresent()) {
      return Credentials.bearer(registry.get(TOKEN));
    }
    if (registry.find(USER).isPresent() && registry.find(PASSWORD).isPresent()) {
      return Credentials.basic(registry.get(USER), registry.get(PASSWORD));
    }
    return Credentials.NONE;
  }

  private static StoreFile store(Settings registry, Key<String> file, Key<String> password) {
    return registry.find(file).isEmpty()
        ? null
        : new StoreFile(registry.get(file), registry.get(password));
  }
}
