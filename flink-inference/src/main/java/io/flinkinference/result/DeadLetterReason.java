package io.flinkinference.result;

/** Why a record could not be scored. */
public enum DeadLetterReason {
  /** The record has no text, and the options ask to reject such records, or to score them. */
  NULL_TEXT,
  /** The text is empty or white space, and the options ask to reject such texts. */
  BLANK_TEXT,
  /** The record's bytes are no text in the expected form. */
  UNDECODABLE,
  /** The text extractor threw an exception. */
  EXTRACTOR_FAILURE,
  /** The tokenizer threw an exception, or gave a token that the model has no row for. */
  TOKENIZER_FAILURE,
  /** The text has too many tokens, characters or windows, and the options ask to reject those. */
  TOO_LONG,
  /** The engine failed on this record, even alone. */
  ENGINE_FAILURE,
  /** The engine did not come to an end with this record, even alone. */
  ENGINE_TIMEOUT,
  /** The device has too little memory for this record, even alone. */
  ENGINE_OUT_OF_MEMORY,
  /** The model's output for this record is not a number, or cannot be decoded. */
  INVALID_OUTPUT
}
