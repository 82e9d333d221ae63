package io.flinkinference;

import io.flinkinference.engine.Device;
import io.flinkinference.engine.ProviderOptions;
import io.flinkinference.engine.onnx.ExecutionProviders;
import io.flinkinference.model.GraphChoice;
import io.flinkinference.model.GraphPrecision;
import io.flinkinference.operator.CacheOptions;
import io.flinkinference.operator.OperatorOptions;
import io.flinkinference.runtime.LoadOptions;
import io.flinkinference.task.BatchOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.TimeUtils;

/**
 * Reads {@link InferenceOptions} into the records that the operator and the engine take.
 * IllegalArgumentExceptions name the options that are out of range or contradict each other.
 */
final class OptionReader {

  private static final int FIXED_BUDGET = 256;
  private static final int MOST_MEASURED_BUDGET = 4_096;
  private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(365);

  private OptionReader() {}

  static GraphChoice graphChoice(ReadableConfig config) {
    return new GraphChoice(
        config.get(InferenceOptions.MODEL_PRECISION),
        config.getOptional(InferenceOptions.MODEL_FILE).orElse(""));
  }

  static double minParity(ReadableConfig config) {
    double least = config.get(InferenceOptions.MODEL_MIN_PARITY);
    if (!(least >= 0 && least <= 1)) {
      throw new IllegalArgumentException(
          InferenceOptions.MODEL_MIN_PARITY.key()
              + " is "
              + least
              + ". It lies between 0, for any model, and 1.");
    }
    return least;
  }

  static LoadOptions loadOptions(ReadableConfig config) {
    Device device = Device.parse(config.get(InferenceOptions.DEVICE));
    Map<String, String> settings = config.get(InferenceOptions.DEVICE_OPTIONS);
    ExecutionProviders.check(device, settings);
    boolean rounds =
        config
            .getOptional(InferenceOptions.ROUND_SHAPES)
            .orElseGet(() -> ExecutionProviders.preparesForShapes(device));
    // Part of what makes an engine another one: so only where it is asked for.
    int budget = rounds ? batchOptions(config).tokenBudget() : 0;
    return new LoadOptions(
        config.get(InferenceOptions.DEVICE),
        config.get(InferenceOptions.CONCURRENCY),
        config.get(InferenceOptions.INTRA_OP_THREADS),
        config.get(InferenceOptions.MAX_TOKENS),
        config.get(InferenceOptions.MAX_CHARACTERS),
        config.get(InferenceOptions.TOKENIZER) == InferenceOptions.TokenizerKind.NATIVE,
        limit(config, InferenceOptions.TIME_LIMIT, "healthy runs would be ended").dividedBy(3),
        new ProviderOptions(
            settings,
            config.get(InferenceOptions.DEVICE_FALLBACK) == InferenceOptions.DeviceFallback.CPU,
            budget),
        rounds,
        fuses(config));
  }

  private static boolean fuses(ReadableConfig config) {
    boolean fuses = config.get(InferenceOptions.MODEL_FUSE);
    GraphPrecision precision = config.get(InferenceOptions.MODEL_PRECISION);
    if (fuses && precision != GraphPrecision.AUTO && precision != GraphPrecision.FP32) {
      throw new IllegalArgumentException(
          InferenceOptions.MODEL_FUSE.key()
              + " is true, and "
              + InferenceOptions.MODEL_PRECISION.key()
              + " is "
              + precision
              + ". Only graphs of FP32 are fused at the start: ask for such a one, or set the first"
              + " to false.");
    }
    return fuses;
  }

  private static Duration limit(
      ReadableConfig config, ConfigOption<Duration> option, String whyNotLess) {
    Duration limit = config.get(option);
    requireCountable(option, limit);
    if (limit.compareTo(SHORTEST_LIMIT) < 0) {
      throw new IllegalArgumentException(
          option.key()
              + " is "
              + limit.toMillis()
              + " ms; "
              + SHORTEST_LIMIT.toMillis()
              + " ms is the least, or "
              + whyNotLess
              + ".");
    }
    return limit;
  }

  /** Time is counted in nanoseconds, and some of it is multiplied. */
  private static void requireCountable(ConfigOption<Duration> option, Duration duration) {
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          option.key()
              + " is "
              + TimeUtils.formatWithHighestUnit(duration)
              + ". At most it is "
              + LONGEST.toDays()
              + " days.");
    }
  }

  static OperatorOptions operatorOptions(ReadableConfig config, OutputMode mode) {
    BatchOptions batching = batchOptions(config);
    int tokens = config.get(InferenceOptions.MAX_TOKENS_IN_FLIGHT);
    if (tokens < batching.tokenBudget()) {
      throw new IllegalArgumentException(
          InferenceOptions.MAX_TOKENS_IN_FLIGHT.key()
              + " is "
              + tokens
              + ", so a batch could never reach "
              + InferenceOptions.TOKEN_BUDGET.key()
              + ", which is "
              + batching.tokenBudget()
              + ". Raise the first or lower the second.");
    }
    return new OperatorOptions(
        mode == OutputMode.ORDERED,
        config.get(InferenceOptions.MAX_RECORDS_IN_FLIGHT),
        tokens,
        batching,
        TextOptions.read(config),
        config.get(InferenceOptions.MAX_CONSECUTIVE_FAILURES),
        limit(config, InferenceOptions.OPEN_LIMIT, "no model would be open in time"),
        new CacheOptions(
            config.get(InferenceOptions.CACHE_RESULTS), config.get(InferenceOptions.CACHE_AGE)));
  }

  private static BatchOptions.Mode fittingMode(ReadableConfig config) {
    if (config.getOptional(InferenceOptions.LATENCY_TARGET).isPresent()) {
      return BatchOptions.Mode.LATENCY_TARGET;
    }
    if (config.getOptional(InferenceOptions.TOKEN_BUDGET).isPresent()) {
      return BatchOptions.Mode.FIXED;
    }
    return config.get(InferenceOptions.WARM_UP)
        ? BatchOptions.Mode.MEASURED
        : BatchOptions.Mode.RECORDED;
  }

  private static BatchOptions batchOptions(ReadableConfig config) {
    BatchOptions.Mode mode =
        config.getOptional(InferenceOptions.BATCH_MODE).orElseGet(() -> fittingMode(config));
    Optional<Duration> target = config.getOptional(InferenceOptions.LATENCY_TARGET);
    boolean wantsTarget = mode == BatchOptions.Mode.LATENCY_TARGET;
    if (wantsTarget != target.isPresent()) {
      throw new IllegalArgumentException(
          InferenceOptions.BATCH_MODE.key()
              + " is "
              + mode
              + (wantsTarget ? ", but there is no " : ", which keeps no ")
              + InferenceOptions.LATENCY_TARGET.key()
              + (wantsTarget
                  ? ". Set it, or another mode."
                  : ". Set the mode to LATENCY_TARGET, or leave the target out."));
    }
    target.ifPresent(duration -> requireCountable(InferenceOptions.LATENCY_TARGET, duration));
    Duration linger = config.get(InferenceOptions.LINGER);
    requireCountable(InferenceOptions.LINGER, linger);
    if (wantsTarget && !linger.isZero() && linger.compareTo(target.get()) >= 0) {
      throw new IllegalArgumentException(
          InferenceOptions.LINGER.key()
              + " is "
              + TimeUtils.formatWithHighestUnit(linger)
              + ", so a record might wait for others for all the time that "
              + InferenceOptions.LATENCY_TARGET.key()
              + " allows, which is "
              + TimeUtils.formatWithHighestUnit(target.get())
              + ". Lower the first or raise the second.");
    }
    if (mode.needsWarmUp() && !config.get(InferenceOptions.WARM_UP)) {
      throw new IllegalArgumentException(
          InferenceOptions.BATCH_MODE.key()
              + " is "
              + mode
              + ", which goes by what the warm-up measures, but "
              + InferenceOptions.WARM_UP.key()
              + " is false. Set it to true, or the mode to FIXED.");
    }
    int most = mode.needsWarmUp() ? MOST_MEASURED_BUDGET : FIXED_BUDGET;
    int unset = Math.min(most, config.get(InferenceOptions.MAX_TOKENS_IN_FLIGHT));
    return new BatchOptions(
        mode,
        config.getOptional(InferenceOptions.TOKEN_BUDGET).orElse(unset),
        target.orElse(Duration.ZERO),
        linger,
        config.get(InferenceOptions.WARM_UP));
  }
}
