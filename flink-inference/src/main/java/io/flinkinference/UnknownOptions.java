package io.flinkinference;

import java.util.Comparator;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.FallbackKey;
import org.apache.flink.configuration.ReadableConfig;

/** Finds keys that look like options of the inference and are none, so they would do nothing. */
final class UnknownOptions {

  private static final String PREFIX = "inference.";
  private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

  private UnknownOptions() {}

  /**
   * Refuses them. Keys of others, which do not begin with {@code inference.}, may be there.
   *
   * @throws IllegalArgumentException if there is one; the message names it and the nearest option
   */
  static void refuse(ReadableConfig config) {
    for (String key : new TreeSet<>(config.toMap().keySet())) {
      if (key.startsWith(PREFIX)
          && InferenceOptions.ALL.stream().noneMatch(option -> isOf(option, key))) {
        throw new IllegalArgumentException(
            "There is no option '"
                + key
                + "', so it would have no effect. The nearest is '"
                + nearest(key)
                + "'. Set that, or leave it out.");
      }
    }
  }

  private static boolean isOf(ConfigOption<?> option, String key) {
    if (key.equals(option.key())
        || (ConfigurationUtils.canBePrefixMap(option)
            && ConfigurationUtils.filterPrefixMapKey(option.key(), key))) {
      return true;
    }
    for (FallbackKey fallback : option.fallbackKeys()) {
      if (key.equals(fallback.getKey())) {
        return true;
      }
    }
    return false;
  }

  private static String nearest(String key) {
    return InferenceOptions.ALL.stream()
        .map(ConfigOption::key)
        .min(Comparator.comparingInt(known -> EDITS.apply(key, known)))
        .orElseThrow();
  }
}
