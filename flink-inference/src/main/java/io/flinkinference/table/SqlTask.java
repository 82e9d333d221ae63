package io.flinkinference.table;

import io.flinkinference.InferenceTask;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/**
 * A task as SQL knows it.
 *
 * @param name what the option task says
 * @param description in words
 * @param options that only some tasks have, and this one too
 * @param task makes it of the model's options; throws IllegalArgumentException where they do not
 *     suit
 * @param columns of its result, for the model's options
 * @param <R> type of the results
 */
record SqlTask<R>(
    String name,
    String description,
    Set<ConfigOption<?>> options,
    Function<ReadableConfig, InferenceTask<R>> task,
    Function<ReadableConfig, List<OutputColumn<R>>> columns) {}
