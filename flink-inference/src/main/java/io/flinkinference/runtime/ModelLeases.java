package io.flinkinference.runtime;

import io.flinkinference.engine.EngineException;
import io.flinkinference.model.Model;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The models that are loaded in this process, each once, however many subtasks use it. The first
 * lease loads a model, the last one closes it.
 *
 * <p><b>What is the same model.</b> The same files with the same SHA-256, loaded with the same
 * options, among them the device; and the same class loader. That one is no part of the key,
 * because {@link #SHARED} belongs to the class, which each class loader has of its own: jobs that
 * bring this library in their jars do not see each other's models.
 *
 * <p><b>How it is kept.</b> A key has at most one {@link Entry}, from before its model is loaded
 * until after it is closed, or until its engine is found to be broken:
 *
 * <pre>
 *   acquire: none     -> LOADING   and this thread loads
 *            LOADING  -> LOADED    with one lease, or -> FAILED and the key is free again, or
 *                    -> CLOSED    likewise, if the thread was interrupted
 *            LOADED   -> LOADED    with one lease more; or, if its engine is broken, the key is
 *                                  free at once, and the entry stays with those who hold a lease
 *   release: LOADED   -> LOADED    with one lease less, or -> CLOSING and this thread closes
 *            CLOSING  -> CLOSED    and the key is free again
 * </pre>
 *
 * Each change of state is made under the lock by the one thread that may make it, and wakes all who
 * wait. Loading and closing are done outside the lock, by the thread that put the entry into that
 * state; whoever wants the model meanwhile waits, interruptibly, and then looks again. So a model
 * is in memory at most once, and models never wait for each other. Only a model that is broken may
 * be there a second time: nobody waits for a thread that hangs.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
public final class ModelLeases {

  /** The leases of all subtasks that share this class loader. */
  public static final ModelLeases SHARED = new ModelLeases();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by the lock, and so are the fields of the entries.
  private final Map<Key, Entry> entries = new HashMap<>();

  /**
   * Leases a model. Waits while another thread loads or closes it.
   *
   * @param model which
   * @param options how it is loaded; other options make another copy in memory
   * @param loader loads it where it is not yet loaded; what it throws is thrown here
   * @throws EngineException if another thread's attempt to load it failed while this one waited for
   *     it; the next to ask tries again
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public ModelLease acquire(Model model, LoadOptions options, Supplier<LoadedModel> loader)
      throws InterruptedException {
    Key key = new Key(model, options);
    Entry entry;
    lock.lockInterruptibly();
    try {
      while ((entry = entries.get(key)) != null) {
        if (entry.state == State.LOADED) {
          if (entry.model.isBroken()) {
            break;
          }
          entry.leases++;
          return lease(key, entry);
        }
        changed.await();
        if (entry.state == State.FAILED) {
          throw failedElsewhere(model, entry.failure);
        }
      }
      entry = new Entry();
      entries.put(key, entry);
    } finally {
      lock.unlock();
    }
    load(key, entry, loader);
    return lease(key, entry);
  }

  /** Number of models that can be leased, or are being loaded or closed. */
  public int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  private void load(Key key, Entry entry, Supplier<LoadedModel> loader) {
    try {
      entry.model = Objects.requireNonNull(loader.get(), "The loader gave no model.");
    } catch (Throwable e) {
      // Whatever it is, those who wait must learn of it, and the key be free again.
      lock.lock();
      try {
        entry.failure = e;
        // A thread that is cancelled says nothing about the model: who waits loads it.
        change(entry, Thread.currentThread().isInterrupted() ? State.CLOSED : State.FAILED);
        entries.remove(key);
      } finally {
        lock.unlock();
      }
      throw e;
    }
    lock.lock();
    try {
      entry.leases = 1;
      change(entry, State.LOADED);
    } finally {
      lock.unlock();
    }
  }

  private void release(Key key, Entry entry) {
    lock.lock();
    try {
      entry.leases--;
      if (entry.leases > 0) {
        return;
      }
      change(entry, State.CLOSING);
    } finally {
      lock.unlock();
    }
    try {
      entry.model.close();
    } finally {
      lock.lock();
      try {
        change(entry, State.CLOSED);
        entries.remove(key, entry);
      } finally {
        lock.unlock();
      }
    }
  }

  /** Requires the lock. */
  private void change(Entry entry, State state) {
    entry.state = state;
    changed.signalAll();
  }

  private ModelLease lease(Key key, Entry entry) {
    return new ModelLease(entry.model, () -> release(key, entry));
  }

  private static EngineException failedElsewhere(Model model, Throwable failure) {
    return new EngineException(
        "The model "
            + model.name()
            + " could not be loaded, by another subtask that did so for this one too: "
            + failure.getMessage(),
        failure);
  }

  private record Key(Model model, LoadOptions options) {}

  private enum State {
    LOADING,
    LOADED,
    FAILED,
    CLOSING,
    CLOSED
  }

  private static final class Entry {
    private State state = State.LOADING;
    private int leases;
    // Written by the thread that loads, before it changes the state under the lock.
    private LoadedModel model;
    private Throwable failure;
  }
}
