package io.flinkinference.examples.score;

import com.fasterxml.jackson.core.JsonGenerator;
import io.flinkinference.InferenceTask;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Results;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the fields of a result. Numbers are written so that reading them as 32-bit floats gives
 * the very same values.
 *
 * @param <R> type of the result
 */
@FunctionalInterface
public interface ResultJson<R> {

  /** Writes into an object that is open. */
  void write(R result, JsonGenerator json) throws IOException;

  /** {@code "embedding": [...]}. */
  static ResultJson<Embedding> embedding() {
    return (embedding, json) -> {
      json.writeArrayFieldStart("embedding");
      for (float value : embedding.values()) {
        json.writeNumber(value);
      }
      json.writeEndArray();
    };
  }

  /** {@code "entities": [{"label": ..., "score": ..., "start": ..., ...}], "redacted": ...}. */
  static ResultJson<Entities> entities() {
    return (entities, json) -> {
      json.writeArrayFieldStart("entities");
      for (Entity entity : entities.entities()) {
        json.writeStartObject();
        json.writeStringField("label", entity.label());
        json.writeNumberField("score", entity.score());
        json.writeNumberField("start", entity.start());
        json.writeNumberField("end", entity.end());
        json.writeNumberField("startCodePoint", entity.startCodePoint());
        json.writeNumberField("endCodePoint", entity.endCodePoint());
        json.writeStringField("text", entity.text());
        json.writeEndObject();
      }
      json.writeEndArray();
      if (entities.redacted() != null) {
        json.writeStringField("redacted", entities.redacted());
      }
    };
  }

  /** That of the results of a task. */
  @SuppressWarnings("unchecked") // Each is that of the class that was asked for.
  static <R> ResultJson<R> of(InferenceTask<R> task) {
    Class<R> results = task.resultType().getTypeClass();
    if (!task.parts().isEmpty()) {
      Map<String, ResultJson<?>> parts = new LinkedHashMap<>();
      task.parts().forEach((name, part) -> parts.put(name, of(part)));
      return (ResultJson<R>) results(parts);
    }
    if (results == Classification.class) {
      return (ResultJson<R>) classification();
    }
    if (results == Embedding.class) {
      return (ResultJson<R>) embedding();
    }
    if (results == Entities.class) {
      return (ResultJson<R>) entities();
    }
    throw new IllegalArgumentException(results.getSimpleName() + " has no form in JSON.");
  }

  /**
   * {@code "label": ..., "score": ..., "scores": {...}}, the last with the best label first.
   * Without labels the first two are null and the last is empty.
   */
  static ResultJson<Classification> classification() {
    return (classification, json) -> {
      if (classification.isEmpty()) {
        json.writeNullField("label");
        json.writeNullField("score");
      } else {
        json.writeStringField("label", classification.top().label());
        json.writeNumberField("score", classification.top().score());
      }
      json.writeObjectFieldStart("scores");
      for (LabelScore label : classification.labels()) {
        json.writeNumberField(label.label(), label.score());
      }
      json.writeEndObject();
    };
  }

  /**
   * {@code "results": {...}}, with an object of each task's fields under its name.
   *
   * @param tasks writers by the names of the tasks, in their order
   */
  static ResultJson<Results> results(Map<String, ? extends ResultJson<?>> tasks) {
    Map<String, ResultJson<?>> writers = new LinkedHashMap<>(tasks);
    return (results, json) -> {
      json.writeObjectFieldStart("results");
      for (Map.Entry<String, ResultJson<?>> task : writers.entrySet()) {
        json.writeObjectFieldStart(task.getKey());
        write(task.getValue(), results.byName().get(task.getKey()), json);
        json.writeEndObject();
      }
      json.writeEndObject();
    };
  }

  @SuppressWarnings("unchecked") // The results of the tasks have the types of their writers.
  private static <R> void write(ResultJson<R> writer, Object result, JsonGenerator json)
      throws IOException {
    writer.write((R) result, json);
  }
}
