package io.flinkinference.connectors.registry;

import java.io.Serializable;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom to trust, and how to show who asks, over TLS.
 *
 * @param trustStore certificates to trust, or null for those of the JVM
 * @param keyStore key and certificate to show, or null for none
 */
public record Tls(StoreFile trustStore, StoreFile keyStore) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What the JVM trusts, and no certificate of one's own. */
  public static final Tls DEFAULT = new Tls(null, null);

  Optional<SSLContext> context() {
    if (trustStore == null && keyStore == null) {
      return Optional.empty();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(), new SecureRandom());
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      throw new RegistryException("TLS cannot be set up: " + e.getMessage() + ".", e);
    }
  }

  private KeyManager[] keyManagers() throws GeneralSecurityException {
    if (keyStore == null) {
      return null; // None, says the interface.
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keyStore.open(), keyStore.password().toCharArray());
    return factory.getKeyManagers();
  }

  private TrustManager[] trustManagers() throws GeneralSecurityException {
    if (trustStore == null) {
      return null; // The JVM's, says the interface.
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trustStore.open());
    return factory.getTrustManagers();
  }
}
