package io.flinkinference.examples.job;

import io.flinkinference.connectors.KafkaTexts;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Where a job without a checkpoint begins to read.
 *
 * @param from what was asked for
 * @param time for {@link From#TIME}
 */
record Start(From from, Instant time) implements Serializable {

  static final String WORDS = "committed, earliest, latest, or a time such as 2026-01-31T12:00:00Z";

  private static final long serialVersionUID = 1L;

  /** The kinds. */
  enum From {
    COMMITTED,
    EARLIEST,
    LATEST,
    TIME
  }

  static Start parse(String text) {
    return switch (text) {
      case "committed" -> new Start(From.COMMITTED, null);
      case "earliest" -> new Start(From.EARLIEST, null);
      case "latest" -> new Start(From.LATEST, null);
      default -> new Start(From.TIME, time(text));
    };
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(null, e);
    }
  }

  /** Has a source start there. */
  KafkaTexts applyTo(KafkaTexts source) {
    return switch (from) {
      case COMMITTED -> source.startingAtCommitted();
      case EARLIEST -> source.startingAtEarliest();
      case LATEST -> source.startingAtLatest();
      case TIME -> source.startingAt(time);
    };
  }
}
