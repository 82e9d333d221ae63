package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.model.ModelException;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.TokenizationException;
import io.flinkinference.tokenize.Tokenizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vectors of the texts that a task compares records with: descriptions of labels, references.
 *
 * @param vectors as the records' are read
 */
record OwnTexts(LoadedModel model, Tokenizer tokenizer, TextVectors vectors) {

  private static final Logger LOG = LoggerFactory.getLogger(OwnTexts.class);

  /** Texts with that prefix before them. */
  static OwnTexts of(LoadedModel model, TextPrefix prefix) {
    return new OwnTexts(model, prefix.tokenizer(model), TextVectors.of(model));
  }

  /**
   * Encodes one, alone, so that its vector does not depend on the others.
   *
   * @param whose for the error: what text it is
   * @return of length 1
   * @throws ModelException if the model cannot
   * @throws EngineException if this thread is interrupted: there may be thousands
   */
  float[] vector(String text, String whose) {
    if (Thread.currentThread().isInterrupted()) { // It is kept: whoever cancels a task asks for it.
      throw new EngineException("Interrupted before " + whose + " was encoded.");
    }
    try {
      Encoding encoding = tokenizer.encode(TextInput.of(text));
      warnIfCut(encoding, whose);
      InputEncoder.requireKnownIds(encoding, model.model().config().vocabularySize());
      TokenBatch batch = model.engine().rounding().batch(encoding);
      return model.engine().run(batch, outputs -> vectors.readUnit(batch, 0, outputs));
    } catch (UnscorableException | TokenizationException e) {
      throw new ModelException(
          "Model '" + model.model().name() + "' cannot encode " + whose + ": " + e.getMessage(), e);
    }
  }

  /** Not an error: with the usual policy a record of the same text is cut as it is. */
  private void warnIfCut(Encoding encoding, String whose) {
    if (encoding.truncated()) {
      LOG.warn(
          "Only the first {} tokens of {} are compared, for model '{}' takes no more. Shorten it, or"
              + " leave inference.text.too-long at TRUNCATE: else a record of the same text is read"
              + " in another way, and is not as near as it should be.",
          encoding.length(),
          whose,
          model.model().name());
    }
  }
}
