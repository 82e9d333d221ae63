package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.flinkinference.batch.ShapeRounding;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The shapes that batching uses, as an optimisation profile of TensorRT: so it builds one engine at
 * the start, not another whenever a batch is larger than all before.
 *
 * @param rounding of the shapes
 * @param tokenBudget most padded tokens of a batch of more than one row; 0 for no profile
 */
record ShapeProfile(ShapeRounding rounding, int tokenBudget) {

  /** Most rows of what is run to see whether a result depends on its batch. */
  static final int ROWS_OF_TRIES = 11;

  /** The settings for a graph; none where shapes are not bounded. */
  Map<String, String> settings(Path onnxFile) throws OrtException {
    boolean bounded = tokenBudget > 0 && rounding.mostWidth() < Integer.MAX_VALUE;
    return bounded ? settings(inputs(onnxFile)) : Map.of();
  }

  Map<String, String> settings(Collection<String> inputs) {
    int narrow = rounding.width(1);
    // The tries when a model is loaded have some rows, whatever the budget is.
    int mostRows = rounding.rows(Math.max(ROWS_OF_TRIES, tokenBudget / narrow));
    return Map.of(
        "trt_profile_min_shapes", shapes(inputs, 1, narrow),
        "trt_profile_opt_shapes", shapes(inputs, Math.max(1, mostRows / 2), narrow),
        "trt_profile_max_shapes", shapes(inputs, mostRows, rounding.mostWidth()));
  }

  private static String shapes(Collection<String> inputs, int rows, int width) {
    return inputs.stream()
        .sorted()
        .map(input -> input + ":" + rows + "x" + width)
        .collect(Collectors.joining(","));
  }

  /** TensorRT wants to know before the session is there, so another is opened to look. */
  private static Collection<String> inputs(Path onnxFile) throws OrtException {
    try (SessionOptions plain = new SessionOptions()) {
      plain.setOptimizationLevel(SessionOptions.OptLevel.NO_OPT);
      try (OrtSession session =
          LastingEnvironment.get().createSession(onnxFile.toString(), plain)) {
        return session.getInputNames();
      }
    }
  }
}
