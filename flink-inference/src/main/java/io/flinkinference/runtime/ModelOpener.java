package io.flinkinference.runtime;

import java.io.Serializable;

/** Opens a model where the job runs. Travels with the job graph to the TaskManagers. */
@FunctionalInterface
public interface ModelOpener extends Serializable {

  /**
   * Finds, loads and leases the model; blocks until it can run.
   *
   * @throws InterruptedException if the thread is interrupted while another loads that model
   */
  ModelLease open() throws InterruptedException;
}
