package io.flinkinference.examples.file;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/**
 * Options of Flink's configuration as keys of a section.
 *
 * <p><b>Thread safety:</b> immutable.
 */
public final class OptionKeys {

  private final Map<Key<?>, ConfigOption<?>> options;

  private OptionKeys(Map<Key<?>, ConfigOption<?>> options) {
    this.options = options;
  }

  /**
   * Makes a key of each option.
   *
   * @param prefix that the options have in common, and the keys have not
   * @param before what stands before the description of an option
   */
  public static OptionKeys of(
      List<ConfigOption<?>> all, String prefix, Function<ConfigOption<?>, String> before) {
    return of(all, prefix, before, Map.of());
  }

  /**
   * The same, where some options have shapes of their own.
   *
   * @param shapes of the type of their option
   */
  public static OptionKeys of(
      List<ConfigOption<?>> all,
      String prefix,
      Function<ConfigOption<?>, String> before,
      Map<ConfigOption<?>, Shape<?>> shapes) {
    Map<Key<?>, ConfigOption<?>> options = new LinkedHashMap<>();
    all.forEach(option -> options.put(key(option, prefix, before.apply(option), shapes), option));
    return new OptionKeys(options);
  }

  @SuppressWarnings("unchecked") // A shape of its own is of the option's type.
  private static <T> Key<T> key(
      ConfigOption<T> option, String prefix, String before, Map<ConfigOption<?>, Shape<?>> shapes) {
    String name = option.key().substring(prefix.length());
    String description = before + new HtmlFormatter().format(option.description());
    Shape<T> shape =
        shapes.containsKey(option) ? (Shape<T>) shapes.get(option) : Shapes.option(option);
    return option.hasDefaultValue()
        ? Key.withDefault(
            name, shape, option.defaultValue(), shown(option.defaultValue()), description)
        : Key.optional(name, shape, description);
  }

  private static String shown(Object value) {
    return value instanceof Duration duration
        ? TimeUtils.formatWithHighestUnit(duration)
        : value.toString();
  }

  /** The keys, in the order of the options. */
  public List<Key<?>> keys() {
    return List.copyOf(options.keySet());
  }

  /** The keys, each with its option. */
  public Set<Map.Entry<Key<?>, ConfigOption<?>>> entries() {
    return options.entrySet();
  }

  /** The options that a section sets, as far as they could be read. */
  public Configuration configuration(Settings section) {
    Configuration configuration = new Configuration();
    options.keySet().stream().filter(section::has).forEach(key -> set(configuration, section, key));
    return configuration;
  }

  /**
   * Finds all that is wrong with the values of a section where a check tells one thing at a time:
   * the option at fault is the one without which the check has something else to say, or nothing.
   *
   * <p>What only follows from a value that could not be read is left out.
   *
   * @param check throws IllegalArgumentException
   * @param otherwise line of what no single option is to blame for
   * @return whether nothing is wrong
   */
  public boolean check(
      Settings section, Consumer<Configuration> check, int otherwise, Problems problems) {
    Configuration left = configuration(section);
    String wrong = message(check, left);
    if (wrong == null) {
      return true;
    }
    for (boolean first = true; wrong != null; first = false) {
      Key<?> blamed = blamed(check, left, wrong);
      boolean follows = isAboutUnread(section, wrong);
      if (blamed == null) {
        // After an option was left out, the next message may be about its absence.
        if (first && !follows) {
          problems.add(otherwise, wrong);
        }
        return false;
      }
      if (!follows) {
        String path = section.path(blamed);
        problems.add(section.line(blamed), wrong.contains(path) ? wrong : path + ": " + wrong);
      }
      left.removeConfig(options.get(blamed));
      wrong = message(check, left);
    }
    return false;
  }

  private boolean isAboutUnread(Settings section, String wrong) {
    return options.entrySet().stream()
        .anyMatch(
            option -> section.isUnread(option.getKey()) && wrong.contains(option.getValue().key()));
  }

  private Key<?> blamed(Consumer<Configuration> check, Configuration all, String wrong) {
    Key<?> blamed = null;
    for (Map.Entry<Key<?>, ConfigOption<?>> option : options.entrySet()) {
      if (all.contains(option.getValue())) {
        Configuration without = new Configuration(all);
        without.removeConfig(option.getValue());
        String left = message(check, without);
        if (left == null) {
          return option.getKey();
        }
        if (blamed == null && !left.equals(wrong)) {
          blamed = option.getKey();
        }
      }
    }
    return blamed;
  }

  private static String message(Consumer<Configuration> check, Configuration configuration) {
    try {
      check.accept(configuration);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  @SuppressWarnings("unchecked") // key() made both of the same type.
  private <T> void set(Configuration configuration, Settings section, Key<T> key) {
    section
        .find(key)
        .ifPresent(value -> configuration.set((ConfigOption<T>) options.get(key), value));
  }
}
