package io.flinkinference.connectors.output;

import io.flinkinference.connectors.avro.BestLabel;
import io.flinkinference.connectors.avro.InferenceResult;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.connectors.avro.TextEmbedding;
import io.flinkinference.connectors.avro.TextEntities;
import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.format.AvroText;
import io.flinkinference.connectors.registry.RegisteredSchema;
import java.io.Serializable;
import java.util.Objects;

/**
 * What a sink of scored texts writes.
 *
 * <pre>{@code
 * ScoredTexts.classifications("localhost:9092", "scored").format(OutputFormat.json())
 * }</pre>
 *
 * <p>A format without a {@link RegisteredSchema} writes Avro in the single-object encoding, one
 * with it in Confluent's wire format.
 *
 * <p><b>Thread safety:</b> immutable.
 */
public sealed interface OutputFormat extends Serializable
    permits ScoredTextFormat, EnrichedFormat, PlainFormat, JsonFormat {

  /** Avro records {@link ScoredText}. */
  static OutputFormat scoredText() {
    return new ScoredTextFormat(null);
  }

  /** Avro records {@link ScoredText}, with their schema in a registry. */
  static OutputFormat scoredText(RegisteredSchema target) {
    return new ScoredTextFormat(Objects.requireNonNull(target, "target"));
  }

  /**
   * The Avro records that were scored, each with a field {@link InferenceResult} added at its end.
   * A record without a value is written without one.
   *
   * @param input how the values that were read say with which schema they were written; single
   *     objects, or bare
   * @param field name of the added field; the text extractor must be asked for it too, by {@link
   *     AvroText#enrichedBy}
   * @throws IllegalArgumentException if the schemas that were read are in a registry: those that
   *     are written have to be in one too
   */
  static OutputFormat enriched(AvroEncoding input, String field) {
    if (input.isRegistered()) {
      throw new IllegalArgumentException(
          "The schemas of the values read are in a registry, so nobody could find those of the"
              + " enriched values; say by enriched(input, field, target) where to register them.");
    }
    return new EnrichedFormat(input, field, null);
  }

  /**
   * The same, with the schema of the enriched records in a registry.
   *
   * @param input how the values that were read say with which schema they were written
   * @param field name of the added field; the text extractor must be asked for it too, by {@link
   *     AvroText#enrichedBy}
   */
  static OutputFormat enriched(AvroEncoding input, String field, RegisteredSchema target) {
    return new EnrichedFormat(input, field, Objects.requireNonNull(target, "target"));
  }

  /**
   * Avro records of the result alone: {@link BestLabel}, {@link TextEmbedding} or {@link
   * TextEntities}; of several tasks a record of these, each under its name.
   */
  static OutputFormat plain() {
    return new PlainFormat(null);
  }

  /** The same, with the schema in a registry. */
  static OutputFormat plain(RegisteredSchema target) {
    return new PlainFormat(Objects.requireNonNull(target, "target"));
  }

  /** What {@link ScoredText} holds, as a JSON object in UTF-8. */
  static OutputFormat json() {
    return new JsonFormat();
  }

  /**
   * Checks that it has a place for results of a kind.
   *
   * @throws IllegalArgumentException if it has not
   */
  default void check(ResultKind<?> kind) {}

  /** Whether there is a place in it for the text itself. */
  boolean hasText();

  /**
   * Returns an encoder for one thread. May wait for a registry.
   *
   * @param kind of the results
   * @param topic that values are written to
   * @param includeText whether to write the text itself, where there is a place for it
   */
  <R> ResultEncoder<R> encoder(ResultKind<R> kind, String topic, boolean includeText);
}
