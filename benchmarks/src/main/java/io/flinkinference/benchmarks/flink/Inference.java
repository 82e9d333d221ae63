package io.flinkinference.benchmarks.flink;

import io.flinkinference.InferenceOptions;
import io.flinkinference.InferenceTask;
import io.flinkinference.TextInference;
import io.flinkinference.model.Model;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The project's operator as a step of a job. */
public final class Inference {

  private Inference() {}

  /**
   * Options with which nothing is put before a text, whatever the default prompt of the model: it
   * is held against sides that have none, so it would be another text, and a longer one.
   */
  public static Configuration withoutPrompt() {
    Configuration options = new Configuration();
    options.set(InferenceOptions.TEXT_PREFIX, "");
    return options;
  }

  /**
   * The step, without a prompt before a text.
   *
   * @param id of the model, as a user would write it
   * @param options others that differ from the defaults
   */
  public static InMemoryJob.Step step(String id, Model model, Configuration options) {
    return texts -> score(texts, id, options, ModelTask.of(model));
  }

  private static <R> DataStream<?> score(
      DataStream<String> texts, String id, Configuration options, InferenceTask<R> task) {
    return TextInference.on(texts)
        .text(text -> text)
        .model(id)
        .options(withoutPrompt())
        .options(options)
        .task(task)
        .build()
        .results();
  }
}
