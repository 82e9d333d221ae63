package io.flinkinference.connectors.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for what a node of the registry may not have heard of yet: a schema is registered just
 * before its first value is written, and the nodes learn of it one after another. That it is not
 * there is believed once no other URL knows it, and none does a second later.
 *
 * <p>Invariant: second looks take a tenth of the time at most. In a flood of made-up numbers those
 * in between are believed at once.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
final class SecondLook {

  private static final Logger LOG = LoggerFactory.getLogger(SecondLook.class);

  private static final long PAUSE_MILLIS = 1_000;
  private static final int RESTS = 9;

  private final RegistryHttp http;
  private volatile long restUntilNanos = System.nanoTime();

  SecondLook(RegistryHttp http) {
    this.http = http;
  }

  /**
   * As {@link RegistryHttp#get}.
   *
   * @throws RegistryException that {@link RegistryException#isNotFound} where nobody knows it
   */
  JsonNode get(String path) {
    try {
      return http.get(path);
    } catch (RegistryException e) {
      if (!e.isNotFound() || System.nanoTime() - restUntilNanos < 0) {
        throw e;
      }
      LOG.info("{}. It may be new, so it is asked for again.", e.getMessage());
      // The last word is an answer: a registry that is down by now has not said that it is not
      // there.
      return look(path).orElseGet(() -> http.get(path));
    }
  }

  private Optional<JsonNode> look(String path) {
    long startNanos = System.nanoTime();
    try {
      Optional<JsonNode> elsewhere = http.askOthersOnce(path);
      if (elsewhere.isPresent()) {
        return elsewhere;
      }
      pause(path);
      return http.askOthersOnce(path);
    } finally {
      long nowNanos = System.nanoTime();
      restUntilNanos = nowNanos + RESTS * (nowNanos - startNanos);
    }
  }

  private static void pause(String path) {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw RegistryHttp.interrupted("GET " + path);
    }
  }
}
