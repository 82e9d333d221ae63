package io.flinkinference.model;

/**
 * Finds models by id.
 *
 * <p><b>Thread safety:</b> may be used by any number of threads at once.
 */
@FunctionalInterface
public interface ModelRepository {

  /**
   * Finds and verifies a model, on this machine's file system when it returns.
   *
   * @param id a directory, or the name of a bundled model
   * @throws ModelException if there is no such model or it cannot be used
   */
  default Model resolve(String id) {
    return resolve(id, GraphChoice.AUTO);
  }

  /**
   * As {@link #resolve(String)}, with a choice among the graphs of the model.
   *
   * @throws ModelException also if there is no such graph
   */
  Model resolve(String id, GraphChoice choice);
}
