package io.flinkinference.connectors.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.flinkinference.connectors.client.KeyFile;
import io.flinkinference.connectors.client.Tls;
import io.flinkinference.local.LocalCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that speaks TLS, and lets in only who shows a certificate that it trusts. */
class RegistryTlsTest {

  private static final String PASSWORD = "hush-store";
  private static final byte[] ANSWER = "{\"schema\": \"\\\"string\\\"\"}".getBytes(UTF_8);

  @TempDir private static Path directory;

  private static final List<String> WHO = new CopyOnWriteArrayList<>();

  private static LocalCertificates certificates;
  private static HttpsServer server;

  @BeforeAll
  static void start() throws Exception {
    certificates = LocalCertificates.make(directory, PASSWORD);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    // The client's own way to make one of files, the other way round.
    SSLContext context =
        trusting().presenting(file(certificates.brokerStore())).context().orElseThrow();
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters asked = getSSLContext().getDefaultSSLParameters();
            asked.setNeedClientAuth(true);
            parameters.setSSLParameters(asked);
          }
        });
    server.createContext("/", RegistryTlsTest::answer);
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    WHO.add(((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName());
    exchange.sendResponseHeaders(200, ANSWER.length);
    exchange.getResponseBody().write(ANSWER);
    exchange.close();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static KeyFile file(Path store) {
    return KeyFile.store(store.toString(), PASSWORD);
  }

  private static Tls trusting() {
    return Tls.DEFAULT.trusting(file(certificates.trustStore()));
  }

  private static SchemaRegistry registry(Tls tls) {
    return new SchemaRegistry(
        RegistryOptions.at("https://127.0.0.1:" + server.getAddress().getPort())
            .with(tls)
            .trying(1, Duration.ofSeconds(10)));
  }

  @Test
  void whoTrustsItAndIsTrustedGetsAnAnswer() {
    assertIsLetIn(trusting().presenting(file(certificates.clientStore())));
  }

  @Test
  void pemFilesDoAsWell() {
    assertIsLetIn(
        Tls.DEFAULT
            .trusting(KeyFile.pem(certificates.trustPem().toString()))
            .presenting(KeyFile.pem(certificates.clientPem().toString())));
  }

  private static void assertIsLetIn(Tls tls) {
    WHO.clear();
    assertThat(registry(tls).schema(1)).isEqualTo(Schema.create(Schema.Type.STRING));
    assertThat(WHO).containsExactly(LocalCertificates.CLIENT);
  }

  @Test
  void aServerThatIsNotTrustedIsNotAsked() {
    assertThatThrownBy(() -> registry(Tls.DEFAULT).schema(1))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("SSLHandshakeException");
  }

  @Test
  void whoShowsNoCertificateIsNotLetIn() {
    assertThatThrownBy(() -> registry(trusting()).schema(1)).isInstanceOf(RegistryException.class);
  }

  @Test
  void aFileThatCannotBeReadIsNamedWithoutItsPassword() {
    KeyFile wrong = KeyFile.store(certificates.clientStore().toString(), "hush-wrong");
    assertThatThrownBy(() -> registry(trusting().presenting(wrong)))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("Failed to load SSL keystore " + certificates.clientStore())
        .hasMessageContaining("password was incorrect")
        .hasMessageNotContaining("hush");
  }
}
