package io.flinkinference.examples.job;

import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Settings.Setting;
import io.flinkinference.examples.file.Shapes;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RestartStrategyOptions.RestartStrategyType;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Looks at the values of settings by Kafka's and Flink's own names, of those that are known here.
 * Either of the two would tell of the first that it cannot read only, and not before the job
 * starts.
 */
final class KnownSettings {

  private static final Map<String, ConfigOption<?>> FLINK = optionsOfFlink();

  private KnownSettings() {}

  private static Map<String, ConfigOption<?>> optionsOfFlink() {
    Map<String, ConfigOption<?>> options = new HashMap<>();
    for (Class<?> holder :
        List.of(
            CheckpointingOptions.class,
            CoreOptions.class,
            ExecutionOptions.class,
            MetricOptions.class,
            PipelineOptions.class,
            RestartStrategyOptions.class,
            StateBackendOptions.class,
            StateRecoveryOptions.class)) {
      for (Field field : holder.getFields()) {
        option(field).ifPresent(option -> options.put(option.key(), option));
      }
    }
    return options;
  }

  private static Optional<ConfigOption<?>> option(Field field) {
    try {
      return field.get(null) instanceof ConfigOption<?> option
          ? Optional.of(option)
          : Optional.empty();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(field + " is public, but cannot be read.", e);
    }
  }

  static void checkKafka(Settings kafka, Problems problems) {
    checkKafka(kafka, KafkaSection.CONSUMER, ConsumerConfig.configDef(), problems);
    checkKafka(kafka, KafkaSection.PRODUCER, ProducerConfig.configDef(), problems);
  }

  private static void checkKafka(
      Settings kafka, Key<Map<String, String>> key, ConfigDef definition, Problems problems) {
    kafka
        .find(key)
        .orElse(Map.of())
        .forEach(
            (name, value) -> {
              ConfigDef.ConfigKey known = definition.configKeys().get(name);
              if (known != null && !fits(known, value)) {
                refuse(kafka.entry(key, name), "Kafka takes " + words(known), problems);
              }
            });
  }

  private static boolean fits(ConfigDef.ConfigKey known, String value) {
    if (known.type == ConfigDef.Type.CLASS) {
      return true; // It may be on the cluster only.
    }
    try {
      Object parsed = ConfigDef.parseType(known.name, value, known.type);
      if (known.validator != null) {
        known.validator.ensureValid(known.name, parsed);
      }
      return true;
    } catch (ConfigException e) {
      return false;
    }
  }

  private static String words(ConfigDef.ConfigKey known) {
    String type = "values of the type " + known.type.name().toLowerCase(Locale.ROOT);
    return known.validator == null ? type : type + ", " + known.validator;
  }

  static void checkFlink(Settings job, Problems problems) {
    job.find(JobFile.FLINK)
        .orElse(Map.of())
        .forEach(
            (name, value) ->
                Optional.ofNullable(FLINK.get(name))
                    .flatMap(option -> wanted(option, value))
                    .ifPresent(
                        words ->
                            refuse(
                                job.entry(JobFile.FLINK, name), "Flink takes " + words, problems)));
  }

  /** In batch mode Flink makes no checkpoints, and so neither commits nor ends with a savepoint. */
  static void requireStreaming(Settings job, Problems problems) {
    String option = ExecutionOptions.RUNTIME_MODE.key();
    String mode = job.find(JobFile.FLINK).orElse(Map.of()).get(option);
    // By itself Flink takes streaming for a source without an end.
    boolean streams =
        mode == null
            || mode.equalsIgnoreCase(RuntimeExecutionMode.STREAMING.name())
            || (mode.equalsIgnoreCase(RuntimeExecutionMode.AUTOMATIC.name())
                && !job.find(JobFile.SOURCE).map(s -> s.get(SourceSection.BOUNDED)).orElse(false));
    if (!streams) {
      Setting entry = job.entry(JobFile.FLINK, option);
      problems.add(
          entry.line(),
          ("%s is '%s', in which Flink makes no checkpoints, and without them nothing would be"
                  + " committed. Leave it out; source.bounded ends a job when it has read all.")
              .formatted(entry.path(), mode));
    }
  }

  private static Optional<String> wanted(ConfigOption<?> option, String value) {
    if (!option.equals(RestartStrategyOptions.RESTART_STRATEGY)) {
      return Shapes.wanted(option, value);
    }
    // A text to Flink, which looks at it when the job starts.
    try {
      RestartStrategyType.of(value);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          "one of "
              + Arrays.stream(RestartStrategyType.values())
                  .map(RestartStrategyType::getMainValue)
                  .collect(Collectors.joining(", ")));
    }
  }

  private static void refuse(Setting entry, String instead, Problems problems) {
    problems.add(
        entry.line(), "%s is '%s', but %s there.".formatted(entry.path(), entry.value(), instead));
  }
}
