package io.flinkinference.placement;

import java.util.Objects;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.configuration.MemorySize;

/**
 * What one slot gets of its TaskManager. A TaskManager has room for as many slots as its own
 * resources allow, whatever its {@code numberOfTaskSlots} is.
 *
 * @param cpuCores above 0
 * @param heap of the tasks, above 0
 * @param offHeap of the tasks; what native code takes is not counted by Flink, but may be here
 * @param managed memory, for RocksDB and sorting
 */
public record SlotResources(
    double cpuCores, MemorySize heap, MemorySize offHeap, MemorySize managed) {

  /** One core and 256 MB of heap. */
  public static final SlotResources DEFAULT =
      new SlotResources(1, MemorySize.ofMebiBytes(256), MemorySize.ZERO, MemorySize.ZERO);

  public SlotResources {
    Objects.requireNonNull(heap, "heap");
    Objects.requireNonNull(offHeap, "offHeap");
    Objects.requireNonNull(managed, "managed");
    if (!(cpuCores > 0) || Double.isInfinite(cpuCores)) {
      throw new IllegalArgumentException(
          "The CPU cores of a slot are above 0, not " + cpuCores + ".");
    }
    if (heap.getBytes() <= 0) {
      throw new IllegalArgumentException(
          "The heap of a slot is above 0, not " + heap + ". Flink asks for it, such as 256 mb.");
    }
  }

  SlotSharingGroup.Builder group(String name) {
    return SlotSharingGroup.newBuilder(name)
        .setCpuCores(cpuCores)
        .setTaskHeapMemory(heap)
        .setTaskOffHeapMemory(offHeap)
        .setManagedMemory(managed);
  }

  @Override
  public String toString() {
    return cpuCores
        + " CPU cores, "
        + heap.toHumanReadableString()
        + " of heap, "
        + offHeap.toHumanReadableString()
        + " off heap, "
        + managed.toHumanReadableString()
        + " managed";
  }
}
