package io.flinkinference.examples.job;

import io.flinkinference.InferenceOptions;
import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** The section {@code inference}: the options of the operator, without their common prefix. */
final class InferenceSection {

  private static final String PREFIX = "inference.";
  private static final Map<Key<?>, ConfigOption<?>> OPTIONS = options();

  static final Section SECTION = Section.of(new ArrayList<>(OPTIONS.keySet()));

  private InferenceSection() {}

  private static Map<Key<?>, ConfigOption<?>> options() {
    Map<Key<?>, ConfigOption<?>> options = new LinkedHashMap<>();
    for (ConfigOption<?> option : InferenceOptions.ALL) {
      options.put(key(option), option);
    }
    return options;
  }

  private static <T> Key<T> key(ConfigOption<T> option) {
    String name = option.key().substring(PREFIX.length());
    String description = new HtmlFormatter().format(option.description());
    return option.hasDefaultValue()
        ? Key.withDefault(
            name,
            Shapes.option(option),
            option.defaultValue(),
            shown(option.defaultValue()),
            description)
        : Key.optional(name, Shapes.option(option), description);
  }

  private static String shown(Object value) {
    return value instanceof Duration duration
        ? TimeUtils.formatWithHighestUnit(duration)
        : value.toString();
  }

  /** The options that the file sets. */
  static Configuration configuration(Settings inference) {
    Configuration configuration = new Configuration();
    List.copyOf(OPTIONS.keySet()).stream()
        .filter(inference::has)
        .forEach(key -> set(configuration, inference, key));
    return configuration;
  }

  @SuppressWarnings("unchecked") // key() made both of the same type.
  private static <T> void set(Configuration configuration, Settings inference, Key<T> key) {
    inference
        .find(key)
        .ifPresent(value -> configuration.set((ConfigOption<T>) OPTIONS.get(key), value));
  }
}
