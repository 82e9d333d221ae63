package io.flinkinference.connectors.client;

import static io.flinkinference.connectors.client.ClientProperties.requireText;

import java.io.Serializable;

/**
 * A file of keys or certificates. It must lie at this place on every machine that runs a part of
 * the job, the JobManager's among them.
 *
 * <p>Immutable; no form of it shows its password.
 */
public final class KeyFile implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final boolean pem;
  private final String password;

  private KeyFile(String file, boolean pem, String password) {
    this.file = requireText(file, "The file of keys or certificates", "pass its path");
    this.pem = pem;
    this.password = password;
  }

  /** PKCS #12 or JKS; a key in it has the file's password. */
  public static KeyFile store(String file, String password) {
    return new KeyFile(file, false, given(file, password));
  }

  /** PEM: certificates to trust, or an unencrypted PKCS #8 key followed by its certificates. */
  public static KeyFile pem(String file) {
    return new KeyFile(file, true, null);
  }

  /** PEM: a key that is encrypted (PKCS #8), followed by its certificates. */
  public static KeyFile pem(String file, String keyPassword) {
    return new KeyFile(file, true, given(file, keyPassword));
  }

  private static String given(String file, String password) {
    if (password == null || password.isEmpty()) {
      throw new IllegalArgumentException(
          "The password of " + file + " is missing or empty; pass it, or use pem(file).");
    }
    return password;
  }

  /** Kafka's word for the form. */
  String type() {
    // Java's JKS reads PKCS #12 too, see the security property keystore.type.compat.
    return pem ? "PEM" : "JKS";
  }

  boolean isPem() {
    return pem;
  }

  String file() {
    return file;
  }

  /** The password, or null. */
  String password() {
    return password;
  }

  @Override
  public String toString() {
    return file;
  }
}
