package io.flinkinference.runtime;

import io.flinkinference.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The models that are loaded in this process, each once, however many subtasks use it. The first
 * lease loads a model, the last one closes it.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread. Who asks for a model that
 * another is just loading, or closing, waits for that.
 */
public final class ModelLeases {

  /** The leases of all subtasks that share this class loader. */
  public static final ModelLeases SHARED = new ModelLeases();

  private final ConcurrentHashMap<Key, Shared> models = new ConcurrentHashMap<>();

  /**
   * Leases a model.
   *
   * @param model which
   * @param options how it is loaded; other options make another copy in memory
   * @param loader loads it where it is not yet loaded; what it throws is thrown here
   */
  public ModelLease acquire(Model model, LoadOptions options, Supplier<LoadedModel> loader) {
    Key key = new Key(model, options);
    Shared shared =
        models.compute(
            key,
            (k, present) -> {
              Shared entry = present == null ? new Shared(loader.get()) : present;
              entry.leases++;
              return entry;
            });
    return new ModelLease(shared.model, () -> release(key));
  }

  /** Number of models in memory. */
  public int size() {
    return models.size();
  }

  private void release(Key key) {
    List<RuntimeException> failures = new ArrayList<>();
    models.compute(
        key,
        (k, shared) -> {
          shared.leases--;
          if (shared.leases > 0) {
            return shared;
          }
          // Within compute: whoever wants the model again waits, and memory is never held twice.
          try {
            shared.model.close();
          } catch (RuntimeException e) {
            failures.add(e); // It must leave the map all the same: nobody could use it.
          }
          return null;
        });
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private record Key(Model model, LoadOptions options) {}

  private static final class Shared {
    private final LoadedModel model;
    private int leases;

    Shared(LoadedModel model) {
      this.model = model;
    }
  }
}
