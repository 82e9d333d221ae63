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
  Model resolve(String id);
}
