package io.flinkinference.examples.job;

import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import io.flinkinference.placement.SlotResources;
import org.apache.flink.configuration.MemorySize;

/** What a slot takes of its TaskManager, for slots that ask for anything. */
final class SlotSection {

  private static final SlotResources DEFAULT = SlotResources.DEFAULT;

  static final Key<Double> CPU =
      Key.withDefault("cpu", Shapes.positive(), DEFAULT.cpuCores(), "1", "CPU cores.");
  static final Key<MemorySize> HEAP = memory("heap", DEFAULT.heap(), "Heap, such as 256 mb.");
  static final Key<MemorySize> OFF_HEAP =
      memory("off-heap", DEFAULT.offHeap(), "Memory outside the heap.");
  static final Key<MemorySize> MANAGED =
      memory("managed", DEFAULT.managed(), "Flink's managed memory, which RocksDB needs.");

  static final Section SECTION = Section.of(CPU, HEAP, OFF_HEAP, MANAGED);

  private SlotSection() {}

  static SlotResources resources(Settings slots) {
    return new SlotResources(
        slots.get(CPU), slots.get(HEAP), slots.get(OFF_HEAP), slots.get(MANAGED));
  }

  private static Key<MemorySize> memory(String name, MemorySize value, String description) {
    return Key.withDefault(
        name,
        Shapes.text("a size of memory, such as 256 mb", MemorySize::parse),
        value,
        value.getBytes() == 0 ? "0" : value.getMebiBytes() + " mb",
        description);
  }
}
