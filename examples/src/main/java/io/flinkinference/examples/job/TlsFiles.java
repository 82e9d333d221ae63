package io.flinkinference.examples.job;

import io.flinkinference.connectors.client.KeyFile;
import io.flinkinference.connectors.client.Tls;
import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import java.util.List;
import java.util.regex.Pattern;

/** The keys of a section that say whom to trust over TLS, and which certificate to show. */
final class TlsFiles {

  private static final String FORMS =
      " PEM where its name ends in .pem, .crt or .key, else PKCS #12 or JKS. It lies at this place on"
          + " each machine.";

  static final Key<String> TRUST_STORE =
      Key.optional(
          "trust-store",
          Shapes.text(),
          "A file of certificates to trust over TLS; without it those that the JVM trusts."
              + FORMS);
  static final Key<String> TRUST_STORE_PASSWORD =
      Key.optional(
          "trust-store-password", Shapes.secret(), "Its password, which a PEM file has not.");
  static final Key<String> KEY_STORE =
      Key.optional(
          "key-store",
          Shapes.text(),
          "A file with the key and the certificate to show over TLS." + FORMS);
  static final Key<String> KEY_STORE_PASSWORD =
      Key.optional(
          "key-store-password",
          Shapes.secret(),
          "Its password; for PEM that of the key, where it is encrypted.");

  static final List<Key<String>> ALL =
      List.of(TRUST_STORE, TRUST_STORE_PASSWORD, KEY_STORE, KEY_STORE_PASSWORD);

  private static final Pattern PEM = Pattern.compile(".*\\.(pem|crt|key)");

  private TlsFiles() {}

  /** Whether each file and its password go together. */
  static void check(Settings section, Problems problems) {
    int before = problems.count();
    check(section, TRUST_STORE, TRUST_STORE_PASSWORD, problems);
    check(section, KEY_STORE, KEY_STORE_PASSWORD, problems);
    if (section.isSound() && problems.count() == before) {
      try {
        of(section);
      } catch (IllegalArgumentException e) {
        problems.add(section.line(TRUST_STORE), e.getMessage());
      }
    }
  }

  private static void check(
      Settings section, Key<String> store, Key<String> password, Problems problems) {
    if (section.has(password) && !section.has(store)) {
      problems.add(
          section.line(password),
          section.path(password) + " is set, but " + section.path(store) + " is not. Set it too.");
    }
    String file = section.get(store);
    if (file != null && !PEM.matcher(file).matches() && !section.has(password)) {
      problems.add(
          section.line(store),
          "%s is %s, which is no PEM file by its name, and such a store needs %s. Set it."
              .formatted(section.path(store), file, section.path(password)));
    }
  }

  /**
   * What the section says.
   *
   * @throws IllegalArgumentException if a PEM file of certificates to trust has a password
   */
  static Tls of(Settings section) {
    return new Tls(
        file(section, TRUST_STORE, TRUST_STORE_PASSWORD),
        file(section, KEY_STORE, KEY_STORE_PASSWORD));
  }

  private static KeyFile file(Settings section, Key<String> key, Key<String> password) {
    String file = section.get(key);
    return file == null
        ? null
        : new KeyFile(file, PEM.matcher(file).matches(), section.get(password));
  }
}
