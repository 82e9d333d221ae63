package io.flinkinference.runtime;

import io.flinkinference.engine.Device;
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

  /**
   * The same model on a device.
   *
   * @throws UnsupportedOperationException if the opener knows no devices
   */
  default ModelOpener on(Device device) {
    throw new UnsupportedOperationException(
        getClass().getName() + " cannot open its model on " + device + ".");
  }
}
