package io.flinkinference.operator;

import io.flinkinference.engine.Device;
import java.util.Set;
import java.util.SortedSet;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device that a subtask runs on, from its opening to its end.
 *
 * <p><b>Thread safety:</b> for the subtask's thread.
 */
final class DeviceClaim implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceClaim.class);

  private final Device device;
  private final Runnable release;
  private boolean closed;

  private DeviceClaim(Device device, Runnable release) {
    this.device = device;
    this.release = release;
  }

  /**
   * Claims a device of this TaskManager.
   *
   * @param choice asks the TaskManager
   * @throws IllegalStateException if it has none, or not the one that is named; the message says
   *     what to look at
   */
  static DeviceClaim of(DeviceChoice choice, RuntimeContext context) {
    return of(choice, context.getExternalResourceInfos(choice.resource()), DeviceShares.SHARED);
  }

  static DeviceClaim of(DeviceChoice choice, Set<ExternalResourceInfo> infos, DeviceShares shares) {
    String resource = choice.resource();
    SortedSet<Integer> indices = TaskManagerDevices.indices(resource, infos);
    if (indices.isEmpty()) {
      if (choice.required()) {
        throw TaskManagerDevices.none(resource);
      }
      LOG.warn(
          "This TaskManager tells of no external resource '{}', so the model runs on the CPU, as"
              + " the placement or inference.device.fallback allows.",
          resource);
      return new DeviceClaim(Device.CPU, () -> {});
    }
    Device asked = choice.parsed();
    if (choice.namesAnIndex()) {
      if (!indices.contains(asked.index())) {
        throw TaskManagerDevices.other(choice.device(), resource, indices);
      }
      return new DeviceClaim(asked, () -> {});
    }
    int index = shares.take(resource, indices);
    return new DeviceClaim(new Device(asked.kind(), index), () -> shares.giveBack(resource, index));
  }

  Device device() {
    return device;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      release.run();
    }
  }
}
