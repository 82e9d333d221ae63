package io.flinkinference.connectors;

import io.flinkinference.connectors.output.OutputFormat;
import java.io.Serializable;

/**
 * What a sink of scored texts writes.
 *
 * @param format of the values
 * @param includeText whether the text itself is in the values
 * @param keepKey whether the Kafka record has the key of the text's own record
 * @param modelHeaders whether headers say what produced the result
 * @param originalTimestamps whether the Kafka record has the timestamp of the text's own record
 */
record ScoredTextOptions(
    OutputFormat format,
    boolean includeText,
    boolean keepKey,
    boolean modelHeaders,
    boolean originalTimestamps)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** All but the text. */
  static final ScoredTextOptions DEFAULT =
      new ScoredTextOptions(OutputFormat.scoredText(), false, true, true, true);

  ScoredTextOptions with(OutputFormat other) {
    return new ScoredTextOptions(other, includeText, keepKey, modelHeaders, originalTimestamps);
  }

  ScoredTextOptions withText(boolean include) {
    return new ScoredTextOptions(format, include, keepKey, modelHeaders, originalTimestamps);
  }

  ScoredTextOptions withKey(boolean keep) {
    return new ScoredTextOptions(format, includeText, keep, modelHeaders, originalTimestamps);
  }

  ScoredTextOptions withModelHeaders(boolean write) {
    return new ScoredTextOptions(format, includeText, keepKey, write, originalTimestamps);
  }

  ScoredTextOptions withOriginalTimestamps(boolean keep) {
    return new ScoredTextOptions(format, includeText, keepKey, modelHeaders, keep);
  }

  /**
   * Returns these options.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  ScoredTextOptions checked() {
    if (includeText && !format.hasText()) {
      throw new IllegalArgumentException(
          "includeText() is true, but the format "
              + format
              + " has no place for the text; leave includeText() out, or choose"
              + " OutputFormat.scoredText() or json().");
    }
    return this;
  }
}
