package io.flinkinference.task;

import io.flinkinference.text.Encoding;
import io.flinkinference.text.Window;
import java.util.List;

/** What a {@link TextReader} makes of a record that it does not refuse. */
public sealed interface TextReading {

  /**
   * The record is to be scored.
   *
   * @param encoding its token ids
   */
  record Encoded(Encoding encoding) implements TextReading {}

  /**
   * The record is to be scored, by several encodings.
   *
   * @param inputs the windows of each of its inputs; more than one in all
   */
  record EncodedParts(List<List<Window>> inputs) implements TextReading {}

  /** The record has no text, and is not to be scored. */
  enum NoText implements TextReading {
    /** It leaves the stream. */
    SKIPPED,
    /** It gets {@link TaskDecoder#emptyResult}. */
    EMPTY_RESULT
  }
}
