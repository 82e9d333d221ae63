package io.flinkinference.operator;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

/**
 * Spreads the subtasks of this process evenly over its devices: each takes the one that the fewest
 * use, the lowest of these. The numbers of the subtasks would not do: which of them a TaskManager
 * has is left to chance.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
final class DeviceShares {

  /** Those of all subtasks that share this class loader. */
  static final DeviceShares SHARED = new DeviceShares();

  // Guarded by this.
  private final Map<Key, Integer> users = new HashMap<>();

  /**
   * Takes one of the indices.
   *
   * @param resource under which the devices are known
   * @param indices at least one
   */
  synchronized int take(String resource, SortedSet<Integer> indices) {
    int chosen = indices.first();
    for (int index : indices) {
      if (count(resource, index) < count(resource, chosen)) {
        chosen = index;
      }
    }
    users.merge(new Key(resource, chosen), 1, Integer::sum);
    return chosen;
  }

  /** Gives an index back; once for each that was taken. */
  synchronized void giveBack(String resource, int index) {
    users.computeIfPresent(new Key(resource, index), (key, count) -> count == 1 ? null : count - 1);
  }

  synchronized int count(String resource, int index) {
    return users.getOrDefault(new Key(resource, index), 0);
  }

  private record Key(String resource, int index) {}
}
