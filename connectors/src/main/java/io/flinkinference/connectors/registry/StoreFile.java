package io.flinkinference.connectors.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;

/**
 * A file of keys and certificates, PKCS #12 or JKS.
 *
 * @param file on each machine that connects
 * @param password of the file; not shown
 */
public record StoreFile(String file, String password) implements Serializable {

  private static final long serialVersionUID = 1L;

  public StoreFile {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(password, "password");
  }

  /** Reads the file; of which of the two kinds it is, it says itself. */
  KeyStore open() {
    Path path = Path.of(file);
    try (InputStream in = Files.newInputStream(path)) {
      // This type reads both kinds, see the security property keystore.type.compat.
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(in, password.toCharArray());
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new RegistryException(
          "The file of keys " + file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  @Override
  public String toString() {
    return "StoreFile[" + file + "]";
  }
}
