package io.flinkinference.engine.onnx;

import io.flinkinference.engine.EngineException;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Native objects that end together. Every native object of this package is owned by a scope from
 * the moment it exists, so none outlives its run, whichever way the run ends. Used by one thread.
 */
final class NativeScope implements AutoCloseable {

  private final AtomicInteger openObjects;
  private final ArrayDeque<AutoCloseable> owned = new ArrayDeque<>();

  /**
   * @param openObjects counts the objects that are open, over all scopes that share it
   */
  NativeScope(AtomicInteger openObjects) {
    this.openObjects = openObjects;
  }

  /** Takes over an object that was just made. */
  <T extends AutoCloseable> T own(T object) {
    openObjects.incrementAndGet();
    owned.push(object);
    return object;
  }

  /** Closes all objects, the last made first. */
  @Override
  public void close() {
    EngineException failure = null;
    while (!owned.isEmpty()) {
      AutoCloseable object = owned.pop();
      try {
        object.close();
        openObjects.decrementAndGet();
      } catch (Exception e) {
        if (failure == null) {
          failure = new EngineException("Native memory could not be freed: " + object, e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
