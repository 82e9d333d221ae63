package io.flinkinference.examples.file;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * What the value of an option of Flink is. Flink does not tell, but reads: so each type is known by
 * what the option makes of a text.
 */
enum OptionType {
  MAP("a:b", Map.class),
  LIST("a;b", List.class),
  TEXT("text", String.class),
  FLAG("true", Boolean.class),
  WHOLE("1", Integer.class),
  NUMBER("1.5", Double.class),
  DURATION("1 s", Duration.class),
  OTHER("", Object.class);

  private static final Pattern CHOICES = Pattern.compile("Expected one of: \\[\\[(.+)]]");

  private final String sample;
  private final Class<?> type;

  OptionType(String sample, Class<?> type) {
    this.sample = sample;
    this.type = type;
  }

  static OptionType of(ConfigOption<?> option) {
    for (OptionType type : values()) {
      if (type == OTHER || type.isOf(option)) {
        return type;
      }
    }
    return OTHER;
  }

  /** The values of an option that takes only certain ones, as Flink's refusal names them. */
  static List<String> choices(ConfigOption<?> option) {
    Configuration configuration = new Configuration();
    configuration.setString(option.key(), "\0");
    try {
      configuration.get(option);
      return List.of();
    } catch (IllegalArgumentException e) {
      String why = e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage());
      Matcher choices = CHOICES.matcher(why);
      return choices.find() ? List.of(choices.group(1).split(", ")) : List.of();
    }
  }

  private boolean isOf(ConfigOption<?> option) {
    Configuration configuration = new Configuration();
    configuration.setString(option.key(), sample);
    try {
      return type.isInstance(configuration.get(option));
    } catch (IllegalArgumentException e) {
      return false; // Of another type.
    }
  }
}
