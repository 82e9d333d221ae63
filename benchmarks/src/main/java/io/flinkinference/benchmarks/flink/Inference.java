package io.flinkinference.benchmarks.flink;

import io.flinkinference.InferenceTask;
import io.flinkinference.TextInference;
import io.flinkinference.model.Model;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The project's operator as a step of a job. */
public final class Inference {

  private Inference() {}

  /**
   * The step.
   *
   * @param id of the model, as a user would write it
   * @param options those that differ from the defaults
   */
  public static InMemoryJob.Step step(String id, Model model, Configuration options) {
    return texts -> score(texts, id, options, ModelTask.of(model));
  }

  private static <R> DataStream<?> score(
      DataStream<String> texts, String id, Configuration options, InferenceTask<R> task) {
    return TextInference.on(texts)
        .text(text -> text)
        .model(id)
        .options(options)
        .task(task)
        .build()
        .results();
  }
}
