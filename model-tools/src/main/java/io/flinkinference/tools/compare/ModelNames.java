package io.flinkinference.tools.compare;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Short names of models: the ends of their paths, as long as it takes to tell them apart. Those of
 * {@code a/int8} and {@code b/int8} are these, that of {@code c/fp32} is {@code fp32}.
 */
final class ModelNames {

  private final Map<String, Integer> parts = new HashMap<>();

  private ModelNames(Collection<String> models) {
    // A graph is named with its directory.
    models.forEach(model -> parts.put(model, model.endsWith(".onnx") ? 2 : 1));
  }

  static ModelNames of(Collection<String> models) {
    ModelNames names = new ModelNames(models);
    while (names.lengthenAlike()) {
      // Longer names may be alike again.
    }
    return names;
  }

  /** The name of one of the models. */
  String name(String model) {
    Path path = path(model);
    int count = path.getNameCount();
    return count == 0
        ? path.toString()
        : path.subpath(Math.max(0, count - parts.get(model)), count).toString();
  }

  private boolean lengthenAlike() {
    Map<String, Integer> longer = new HashMap<>();
    for (String model : parts.keySet()) {
      if (parts.get(model) < path(model).getNameCount() && isAlike(model)) {
        longer.put(model, parts.get(model) + 1);
      }
    }
    parts.putAll(longer);
    return !longer.isEmpty();
  }

  private boolean isAlike(String model) {
    return parts.keySet().stream()
        .anyMatch(other -> !path(other).equals(path(model)) && name(other).equals(name(model)));
  }

  private static Path path(String model) {
    return Path.of(model).normalize();
  }
}
