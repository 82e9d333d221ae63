package io.flinkinference.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The results of several tasks for one text, side by side.
 *
 * @param byName never empty, in the order in which the tasks were named
 */
public record Results(Map<String, Object> byName) {

  public Results {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if there is none of that name and type
   */
  public <R> R get(String name, Class<R> type) {
    Object result = byName.get(name);
    if (!type.isInstance(result)) {
      throw new IllegalArgumentException(
          "There is no "
              + type.getSimpleName()
              + " named '"
              + name
              + "'. The results are "
              + byName.keySet()
              + ".");
    }
    return type.cast(result);
  }
}
