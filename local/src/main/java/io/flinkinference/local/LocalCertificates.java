package io.flinkinference.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/**
 * Certificates of a broker on loopback and of one client, made by the JDK's own {@code keytool}:
 * each signs itself, and both are trusted.
 *
 * <p>Immutable; the files belong to the caller.
 */
public final class LocalCertificates {

  /** Name of the client, as the broker sees it. */
  public static final String CLIENT = "CN=client";

  private static final String ALIAS = "key";

  private final Path directory;
  private final String password;

  private LocalCertificates(Path directory, String password) {
    this.directory = directory;
    this.password = password;
  }

  /**
   * Makes the files in a directory.
   *
   * @param password of all of them, at least 6 characters of ASCII
   */
  public static LocalCertificates make(Path directory, String password)
      throws IOException, InterruptedException {
    LocalCertificates made = new LocalCertificates(directory, password);
    made.keytool("broker", "CN=broker");
    made.keytool("client", CLIENT);
    try {
      made.trustBoth();
      made.writePem();
    } catch (GeneralSecurityException e) {
      throw new IOException("keytool's files cannot be read.", e);
    }
    return made;
  }

  private void keytool(String name, String subject) throws IOException, InterruptedException {
    ProcessBuilder keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-dname",
            subject,
            "-ext",
            "san=ip:127.0.0.1",
            "-keystore",
            store(name).toString(),
            "-storetype",
            "PKCS12",
            "-storepass:env",
            "STORE_PASSWORD");
    keytool.environment().put("STORE_PASSWORD", password);
    Process process = keytool.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    if (process.waitFor() != 0) {
      throw new IOException("keytool made no " + store(name) + ": " + said);
    }
  }

  private void trustBoth() throws IOException, GeneralSecurityException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    for (String name : List.of("broker", "client")) {
      trust.setCertificateEntry(name, open(name).getCertificate(ALIAS));
    }
    try (OutputStream out = Files.newOutputStream(trustStore())) {
      trust.store(out, password.toCharArray());
    }
  }

  private void writePem() throws IOException, GeneralSecurityException {
    KeyStore client = open("client");
    Key key = client.getKey(ALIAS, password.toCharArray());
    Files.writeString(
        clientPem(), pem("PRIVATE KEY", key.getEncoded()) + pem(client.getCertificate(ALIAS)));
    Files.writeString(trustPem(), pem(open("broker").getCertificate(ALIAS)));
  }

  private static String pem(Certificate certificate) throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  private static String pem(String what, byte[] bytes) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
  }

  private KeyStore open(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(name))) {
      store.load(in, password.toCharArray());
    }
    return store;
  }

  /** Settings of a broker that shows its certificate and trusts the client's. */
  void addTo(Properties broker) {
    broker.setProperty("ssl.keystore.type", "PKCS12");
    broker.setProperty("ssl.keystore.location", store("broker").toString());
    broker.setProperty("ssl.keystore.password", password);
    broker.setProperty("ssl.key.password", password);
    broker.setProperty("ssl.truststore.type", "PKCS12");
    broker.setProperty("ssl.truststore.location", trustStore().toString());
    broker.setProperty("ssl.truststore.password", password);
  }

  private Path store(String name) {
    return directory.resolve(name + ".p12");
  }

  /** PKCS #12: the broker's key and certificate, for another server. */
  public Path brokerStore() {
    return store("broker");
  }

  /** PKCS #12: the client's key and certificate. */
  public Path clientStore() {
    return store("client");
  }

  /** PKCS #12: the certificates of broker and client. */
  public Path trustStore() {
    return store("trust");
  }

  /** PEM: the client's key, unencrypted, and certificate. */
  public Path clientPem() {
    return directory.resolve("client.pem");
  }

  /** PEM: the broker's certificate. */
  public Path trustPem() {
    return directory.resolve("trust.pem");
  }
}
