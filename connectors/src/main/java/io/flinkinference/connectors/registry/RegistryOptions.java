package io.flinkinference.connectors.registry;

import io.flinkinference.connectors.client.Tls;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where the registry is, and how it is asked.
 *
 * @param urls of the same registry, at least one; the next is asked where one does not answer
 * @param credentials who asks
 * @param tls for {@code https}
 * @param timeout of a request
 * @param attempts how often each of the URLs is asked where that fails for reasons that may pass,
 *     at least once
 */
public record RegistryOptions(
    List<URI> urls, Credentials credentials, Tls tls, Duration timeout, int attempts)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 6;

  public RegistryOptions {
    urls = new ArrayList<>(urls); // A list that Java serialises.
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(tls, "tls");
    if (urls.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no URL of a schema registry. Give one, such as http://registry:8081.");
    }
    urls.forEach(RegistryOptions::check);
    if (credentials.authorization().isPresent()
        && urls.stream().map(URI::getScheme).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "Of the URLs of the schema registry some are http, so who keeps the others from answering"
              + " would get its credentials in the clear. Make all of them https.");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "timeout is above 0, not "
              + timeout
              + ". Give the time that a request may take, such as 10 s.");
    }
    if (attempts < 1) {
      throw new IllegalArgumentException(
          "attempts is at least 1, not " + attempts + ". Give 1 to ask once.");
    }
  }

  /**
   * A registry that anybody may ask.
   *
   * @param urls one or more, separated by commas
   * @throws IllegalArgumentException if one is no URL
   */
  public static RegistryOptions at(String urls) {
    List<URI> all = new ArrayList<>();
    for (String url : List.of(urls.split(",", -1))) {
      all.add(parse(url.strip()));
    }
    return new RegistryOptions(all, Credentials.NONE, Tls.DEFAULT, TIMEOUT, ATTEMPTS);
  }

  /** The same registry, asked by somebody. */
  public RegistryOptions with(Credentials other) {
    return new RegistryOptions(urls, other, tls, timeout, attempts);
  }

  /** The same registry, over TLS that is not the JVM's own. */
  public RegistryOptions with(Tls other) {
    return new RegistryOptions(urls, credentials, other, timeout, attempts);
  }

  /** The same registry, asked so often, and so long each time. */
  public RegistryOptions trying(int times, Duration each) {
    return new RegistryOptions(urls, credentials, tls, each, times);
  }

  private static URI parse(String url) {
    if (url.indexOf('@') >= 0) {
      throw userInUrl();
    }
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw noUrl(url, e);
    }
  }

  private static IllegalArgumentException noUrl(Object url, IllegalArgumentException cause) {
    return new IllegalArgumentException(
        "A schema registry's URL begins with http:// or https:// and a host, not " + url + ".",
        cause);
  }

  private static IllegalArgumentException userInUrl() {
    return new IllegalArgumentException(
        "A URL of the schema registry has a user in it, which would be shown in logs. Give"
            + " credentials apart.");
  }

  private static void check(URI url) {
    if (url.getRawAuthority() != null && url.getRawAuthority().indexOf('@') >= 0) {
      throw userInUrl();
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw noUrl(url, null);
    }
  }
}
