package io.flinkinference.operator;

import io.flinkinference.engine.Device;
import java.io.Serializable;
import java.util.Objects;

/**
 * Which device each subtask runs its model on.
 *
 * @param device as {@link Device#parse} reads it; without an index, each subtask takes one of those
 *     that its TaskManager has
 * @param resource name of the external resource by which a TaskManager tells the indices of its
 *     devices; null where none is asked for, and the device is what it says
 * @param required whether a TaskManager without such devices is an error, or else means the CPU
 */
public record DeviceChoice(String device, String resource, boolean required)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What the opener opens by itself. */
  public static final DeviceChoice OPENERS_OWN = new DeviceChoice(Device.CPU.kind(), null, false);

  public DeviceChoice {
    Device.parse(Objects.requireNonNull(device, "device"));
  }

  boolean asksTheTaskManager() {
    return resource != null;
  }

  boolean namesAnIndex() {
    return device.indexOf(':') >= 0;
  }

  Device parsed() {
    return Device.parse(device);
  }
}
