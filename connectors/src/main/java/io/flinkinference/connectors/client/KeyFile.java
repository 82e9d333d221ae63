package io.flinkinference.connectors.client;

import static io.flinkinference.connectors.client.ClientProperties.requireText;

import java.io.Serializable;

/**
 * A file of keys or certificates. It must lie at this place on every machine that runs a part of
 * the job, the JobManager's among them. {@link #store} and {@link #pem} make one.
 *
 * @param file its path
 * @param isPem whether it is PEM, else PKCS #12 or JKS
 * @param password of the store, or of the key in PEM; null where that is not encrypted; not shown
 */
public record KeyFile(String file, boolean isPem, String password) implements Serializable {

  private static final long serialVersionUID = 1L;

  public KeyFile {
    requireText(file, "The file of keys or certificates", "pass its path");
    if (!isPem || password != null) {
      requirePassword(file, password);
    }
  }

  /** PKCS #12 or JKS; a key in it has the file's password. */
  public static KeyFile store(String file, String password) {
    return new KeyFile(file, false, password);
  }

  /** PEM: certificates to trust, or an unencrypted PKCS #8 key followed by its certificates. */
  public static KeyFile pem(String file) {
    return new KeyFile(file, true, null);
  }

  /** PEM: a key that is encrypted (PKCS #8), followed by its certificates. */
  public static KeyFile pem(String file, String keyPassword) {
    requirePassword(file, keyPassword);
    return new KeyFile(file, true, keyPassword);
  }

  private static void requirePassword(String file, String password) {
    if (password == null || password.isEmpty()) {
      throw new IllegalArgumentException(
          "The password of " + file + " is missing or empty; pass it, or use pem(file).");
    }
  }

  /** Kafka's word for the form. */
  String type() {
    // Java's JKS reads PKCS #12 too, see the security property keystore.type.compat.
    return isPem ? "PEM" : "JKS";
  }

  @Override
  public String toString() {
    return file;
  }
}
