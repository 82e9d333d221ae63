package io.flinkinference.connectors.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.flinkinference.InferenceTask;
import io.flinkinference.connectors.avro.InferenceResult;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Results;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/**
 * What differs in a format from one kind of result to the other. Stateless.
 *
 * @param <R> type of the results
 */
public abstract sealed class ResultKind<R> implements Serializable
    permits ClassificationKind, EmbeddingKind, EntitiesKind, ResultsKind {

  private static final long serialVersionUID = 1L;

  ResultKind() {}

  /** Ranked labels. */
  public static ResultKind<Classification> classification() {
    return new ClassificationKind();
  }

  /** Vectors. */
  public static ResultKind<Embedding> embedding() {
    return new EmbeddingKind();
  }

  /** Parts of the text. */
  public static ResultKind<Entities> entities() {
    return new EntitiesKind();
  }

  /**
   * That of the results of a task.
   *
   * @throws IllegalArgumentException if no format has a place for them
   */
  @SuppressWarnings("unchecked") // Each kind is that of the class that was asked for.
  public static <R> ResultKind<R> of(InferenceTask<R> task) {
    Class<R> results = task.resultType().getTypeClass();
    if (!task.parts().isEmpty()) {
      Map<String, ResultKind<?>> kinds = new LinkedHashMap<>();
      task.parts().forEach((name, part) -> kinds.put(name, of(part)));
      return (ResultKind<R>) results(kinds);
    }
    if (results == Classification.class) {
      return (ResultKind<R>) classification();
    }
    if (results == Embedding.class) {
      return (ResultKind<R>) embedding();
    }
    if (results == Entities.class) {
      return (ResultKind<R>) entities();
    }
    throw new IllegalArgumentException(
        "Sinks write classifications, embeddings and entities, not "
            + results.getSimpleName()
            + ".");
  }

  /**
   * Results of several tasks, side by side.
   *
   * @param kinds by the names of the tasks, at least one
   */
  public static ResultKind<Results> results(Map<String, ? extends ResultKind<?>> kinds) {
    return new ResultsKind(kinds);
  }

  /**
   * Says that the format has a place for the result of one task only.
   *
   * @throws IllegalArgumentException if there are several
   */
  void requireSingle() {}

  /**
   * Writes the fields that {@link ScoredText} and {@link InferenceResult} share: {@code labels},
   * {@code embedding}, {@code entities}, {@code redacted}.
   *
   * @param names labels that were written before
   */
  abstract void write(R result, Names names, Encoder out) throws IOException;

  /** The same fields in JSON; of several results one field instead, an object by their names. */
  abstract void write(R result, JsonGenerator out) throws IOException;

  /** Schema of the result alone. */
  abstract Schema plainSchema();

  /** Writes a record of {@link #plainSchema}. */
  abstract void writePlain(R result, Names names, Encoder out) throws IOException;
}
