package io.flinkinference.engine.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which execution provider ran which operators, as ONNX Runtime's profile of a run tells.
 *
 * @param byProvider nodes that ran, counted by operator
 */
record NodePlaces(Map<String, Map<String, Integer>> byProvider) {

  /** The work of an encoder. What else is left to the CPU are shapes and the like. */
  private static final Pattern HEAVY = Pattern.compile(".*(MatMul|Gemm|Attention|Conv).*");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads a profile; see {@code OrtSession.endProfiling}. */
  static NodePlaces read(Path profile) throws IOException {
    Map<String, Map<String, Integer>> places = new TreeMap<>();
    for (JsonNode event : JSON.readTree(profile.toFile())) {
      String provider = event.path("args").path("provider").asText();
      if (event.path("cat").asText().equals("Node") && !provider.isEmpty()) {
        places
            .computeIfAbsent(provider, name -> new TreeMap<>())
            .merge(event.path("args").path("op_name").asText(), 1, Integer::sum);
      }
    }
    return new NodePlaces(places);
  }

  /** Why that provider is not what runs the model; null where it is. */
  String objection(String provider) {
    if (!byProvider.containsKey(provider)) {
      return "no node of the graph ran on the " + provider + ", but on " + byProvider.keySet();
    }
    Map<String, Integer> left =
        new TreeMap<>(byProvider.getOrDefault(KnownProvider.CPU.runtimeName(), Map.of()));
    left.keySet().removeIf(operator -> !HEAVY.matcher(operator).matches());
    return left.isEmpty() || provider.equals(KnownProvider.CPU.runtimeName())
        ? null
        : "the operators "
            + left
            + " of the graph ran on the CPU, for the "
            + provider
            + " does not have them in this form";
  }
}
