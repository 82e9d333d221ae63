package io.flinkinference;

import io.flinkinference.task.LongText;
import io.flinkinference.task.TextPolicy;
import io.flinkinference.task.TextPrefix;
import io.flinkinference.task.WindowOptions;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/** Reads the options about texts. */
final class TextOptions {

  private static final List<ConfigOption<?>> OF_WINDOWS =
      List.of(
          InferenceOptions.WINDOW_OVERLAP,
          InferenceOptions.MAX_WINDOWS,
          InferenceOptions.WINDOW_MERGE);

  private TextOptions() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if one is out of range, or two contradict each other
   */
  static TextPolicy read(ReadableConfig config) {
    LongText tooLong = config.get(InferenceOptions.LONG_TEXT);
    if (tooLong != LongText.WINDOW) {
      OF_WINDOWS.forEach(option -> refuse(option, config, tooLong));
    }
    return new TextPolicy(
        config.get(InferenceOptions.BLANK_TEXT),
        tooLong,
        textPrefix(config),
        new WindowOptions(
            config.get(InferenceOptions.WINDOW_OVERLAP),
            config.get(InferenceOptions.MAX_WINDOWS),
            config.get(InferenceOptions.WINDOW_MERGE)));
  }

  private static void refuse(ConfigOption<?> option, ReadableConfig config, LongText tooLong) {
    Optional<?> value = config.getOptional(option);
    if (value.isPresent()) {
      throw new IllegalArgumentException(
          option.key()
              + " is "
              + value.get()
              + ", but "
              + InferenceOptions.LONG_TEXT.key()
              + " is "
              + tooLong
              + ", so there are no windows. Leave the first out, or set the second to WINDOW.");
    }
  }

  private static TextPrefix textPrefix(ReadableConfig config) {
    Optional<String> prefix = config.getOptional(InferenceOptions.TEXT_PREFIX);
    Optional<String> prompt = config.getOptional(InferenceOptions.TEXT_PROMPT);
    if (prefix.isPresent() && prompt.isPresent()) {
      throw new IllegalArgumentException(
          InferenceOptions.TEXT_PREFIX.key()
              + " is '"
              + prefix.get()
              + "' and "
              + InferenceOptions.TEXT_PROMPT.key()
              + " is '"
              + prompt.get()
              + "'. Set one of them.");
    }
    return new TextPrefix(prefix.orElse(null), prompt.orElse(null));
  }
}
