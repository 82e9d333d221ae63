package io.flinkinference;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/**
 * A task by its name, for those who do not call {@link Tasks}.
 *
 * <p><b>Thread safety:</b> immutable.
 *
 * @param <R> type of the results
 */
public final class TaskDefinition<R> {

  private final String name;
  private final String description;
  private final Class<R> resultClass;
  private final List<ConfigOption<?>> options;
  private final Function<ReadableConfig, InferenceTask<R>> factory;

  TaskDefinition(
      String name,
      String description,
      Class<R> resultClass,
      List<ConfigOption<?>> options,
      Function<ReadableConfig, InferenceTask<R>> factory) {
    this.name = Objects.requireNonNull(name, "name");
    this.description = Objects.requireNonNull(description, "description");
    this.resultClass = Objects.requireNonNull(resultClass, "resultClass");
    this.options = List.copyOf(options);
    this.factory = Objects.requireNonNull(factory, "factory");
  }

  /** Such as {@code text-classification}. */
  public String name() {
    return name;
  }

  /** What it gives, as a sentence. */
  public String description() {
    return description;
  }

  /** What the results are. */
  public Class<R> resultClass() {
    return resultClass;
  }

  /** Its options, in the order of the documentation. */
  public List<ConfigOption<?>> options() {
    return options;
  }

  /** Whether a key is that of one of its options, or below one that is a map. */
  public boolean has(String key) {
    return options.stream().anyMatch(option -> TaskOptions.isOf(option, key));
  }

  /**
   * Makes the task.
   *
   * @param config of which only {@link #options} are read
   * @throws IllegalArgumentException if one is missing or out of range; the message names it
   */
  public InferenceTask<R> task(ReadableConfig config) {
    return factory.apply(config);
  }

  @Override
  public String toString() {
    return name;
  }
}
