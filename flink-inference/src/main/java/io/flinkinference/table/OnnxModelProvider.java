package io.flinkinference.table;

import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.MLPredictRuntimeConfigOptions;
import org.apache.flink.table.functions.AsyncPredictFunction;
import org.apache.flink.table.functions.PredictFunction;
import org.apache.flink.table.ml.AsyncPredictRuntimeProvider;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.ml.PredictRuntimeProvider;

/**
 * A model whose declaration is checked; makes the functions that score. Immutable.
 *
 * @param spec of the model
 * @param session the settings of the session
 */
record OnnxModelProvider(PredictSpec<?> spec, ReadableConfig session)
    implements AsyncPredictRuntimeProvider, PredictRuntimeProvider {

  private static final Set<String> CALL_OPTIONS =
      new TreeSet<>(
          Set.of(
              MLPredictRuntimeConfigOptions.ASYNC.key(),
              MLPredictRuntimeConfigOptions.ASYNC_MAX_CONCURRENT_OPERATIONS.key(),
              MLPredictRuntimeConfigOptions.ASYNC_OUTPUT_MODE.key(),
              MLPredictRuntimeConfigOptions.ASYNC_TIMEOUT.key()));

  @Override
  public AsyncPredictFunction createAsyncPredictFunction(Context context) {
    check(context.runtimeConfig());
    return new OnnxAsyncPredictFunction(spec, AsyncCapacity.of(context.runtimeConfig(), session));
  }

  @Override
  public PredictFunction createPredictFunction(Context context) {
    check(context.runtimeConfig());
    return new OnnxPredictFunction(spec);
  }

  /** Flink itself lets unknown keys pass, so a misspelt one would have no effect. */
  private static void check(ReadableConfig call) {
    if (call instanceof Configuration settings) {
      Set<String> unknown = new TreeSet<>(settings.keySet());
      unknown.removeAll(CALL_OPTIONS);
      if (!unknown.isEmpty()) {
        throw new ValidationException(
            "The CONFIG of ML_PREDICT has unknown keys "
                + unknown
                + "; there are "
                + CALL_OPTIONS
                + ". All others are options of the model: set them in CREATE MODEL.");
      }
    }
  }

  @Override
  public ModelProvider copy() {
    return this;
  }
}
