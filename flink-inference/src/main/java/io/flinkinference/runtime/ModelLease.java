package io.flinkinference.runtime;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The right to use a loaded model until {@link #close}.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread; only the first close counts.
 */
public final class ModelLease implements AutoCloseable {

  private final LoadedModel model;
  private final AtomicReference<Runnable> release;

  /**
   * @param model what is leased
   * @param release called once
   */
  public ModelLease(LoadedModel model, Runnable release) {
    this.model = model;
    this.release = new AtomicReference<>(release);
  }

  /**
   * The model; not to be closed by the holder of the lease.
   *
   * @throws IllegalStateException if the lease is closed
   */
  public LoadedModel model() {
    if (release.get() == null) {
      throw new IllegalStateException(
          "The lease of the model " + model.model().name() + " is closed.");
    }
    return model;
  }

  @Override
  public void close() {
    Runnable once = release.getAndSet(null);
    if (once != null) {
      once.run();
    }
  }
}
