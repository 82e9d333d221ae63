package io.flinkinference.connectors.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Gives a token to a client that shows the right secret: OAuth's client credentials grant. */
public final class TokenServer implements AutoCloseable {

  /** How each token begins, up to the first dot. */
  public static final String TOKENS_BEGIN =
      base64("{\"alg\":\"RS256\",\"kid\":\"test\"}".getBytes(UTF_8));

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  private final HttpServer server;
  private final KeyPair keys;
  private final String client;
  private final String secret;
  private final String audience;

  private TokenServer(KeyPair keys, String client, String secret, String audience)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    this.server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    this.keys = keys;
    this.client = client;
    this.secret = secret;
    this.audience = audience;
  }

  /** Starts a server that knows one client. */
  public static TokenServer start(String client, String secret, String audience) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    TokenServer tokens = new TokenServer(generator.generateKeyPair(), client, secret, audience);
    tokens.server.createContext("/token", tokens::answer);
    tokens.server.start();
    return tokens;
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String asked = exchange.getRequestHeaders().getFirst("Authorization");
    String right =
        "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(UTF_8));
    boolean known = right.equals(asked);
    byte[] body =
        (known ? "{\"access_token\":\"" + token() + "\",\"token_type\":\"Bearer\"}" : "{}")
            .getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(known ? OK : UNAUTHORIZED, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private String token() {
    long now = Instant.now().getEpochSecond();
    String signed =
        TOKENS_BEGIN
            + "."
            + base64(
                ("{\"sub\":\""
                        + client
                        + "\",\"aud\":\""
                        + audience
                        + "\",\"scope\":\"kafka\",\"iat\":"
                        + now
                        + ",\"exp\":"
                        + (now + 3600)
                        + "}")
                    .getBytes(UTF_8));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(UTF_8));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the key that tokens are signed with, for those who check them (RFC 7517). */
  public URI writeKey(Path file) throws IOException {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    Files.writeString(
        file,
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"test\",\"use\":\"sig\",\"alg\":\"RS256\",\"n\":\""
            + base64(unsigned(key.getModulus()))
            + "\",\"e\":\""
            + base64(unsigned(key.getPublicExponent()))
            + "\"}]}");
    return file.toUri();
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Where to ask. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
