package io.flinkinference.examples.job;

import io.flinkinference.connectors.registry.Credentials;
import io.flinkinference.connectors.registry.RegistryOptions;
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
          TlsFiles.TRUST_STORE,
          TlsFiles.TRUST_STORE_PASSWORD,
          TlsFiles.KEY_STORE,
          TlsFiles.KEY_STORE_PASSWORD,
          TIMEOUT,
          ATTEMPTS);

  private RegistrySection() {}

  static void check(Settings registry, Problems problems) {
    userWithPassword(registry, problems);
    TlsFiles.check(registry, problems);
    refuseUnusedFiles(registry, problems);
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

  private static void refuseUnusedFiles(Settings registry, Problems problems) {
    RegistryOptions options = registry.get(URL);
    if (options == null
        || options.urls().stream().anyMatch(url -> url.getScheme().equals("https"))) {
      return;
    }
    for (Key<String> key : TlsFiles.ALL) {
      if (registry.has(key)) {
        problems.add(
            registry.line(key),
            registry.path(key)
                + " is set, but schema-registry.url is http, and nothing is encrypted. Leave it out,"
                + " or make the URL https.");
      }
    }
  }

  private static void userWithPassword(Settings registry, Problems problems) {
    if (registry.has(USER) != registry.has(PASSWORD)) {
      Key<String> there = registry.has(USER) ? USER : PASSWORD;
      Key<String> missing = registry.has(USER) ? PASSWORD : USER;
      problems.add(
          registry.line(there),
          registry.path(there) + " needs " + registry.path(missing) + " beside it.");
    }
  }

  static RegistryOptions options(Settings registry) {
    return registry
        .get(URL)
        .with(credentials(registry))
        .with(TlsFiles.of(registry))
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
}
