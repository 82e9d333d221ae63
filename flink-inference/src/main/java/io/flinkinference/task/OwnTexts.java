package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.ModelException;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Excerpt;
import io.flinkinference.tokenize.Kept;
import io.flinkinference.tokenize.TokenizationException;
import io.flinkinference.tokenize.Tokenizer;

/**
 * Vectors of the texts that a task compares records with: descriptions of labels, references.
 *
 * @param vectors as the records' are read
 */
record OwnTexts(LoadedModel model, Tokenizer tokenizer, TextVectors vectors) {

  /** Characters of a text in an error. */
  private static final int MOST_QUOTED = 60;

  /** Texts with that prefix before them. */
  static OwnTexts of(LoadedModel model, TextPrefix prefix) {
    return new OwnTexts(model, prefix.tokenizer(model), TextVectors.of(model));
  }

  /**
   * Encodes one, alone, so that its vector does not depend on the others.
   *
   * @param whose for the error: what text it is
   * @return of length 1
   * @throws ModelException if the model cannot, or takes only a part of it
   */
  float[] vector(String text, String whose) {
    try {
      Encoding encoding = tokenizer.encode(TextInput.of(text));
      requireWhole(encoding, text, whose);
      InputEncoder.requireKnownIds(encoding, model.model().config().vocabularySize());
      TokenBatch batch = model.engine().rounding().batch(encoding);
      float[] vector = model.engine().run(batch, outputs -> vectors.read(batch, 0, outputs));
      TextVectors.scaleToUnitLength(vector);
      return vector;
    } catch (UnscorableException | TokenizationException e) {
      throw new ModelException(
          "Model '" + model.model().name() + "' cannot encode " + whose + ": " + e.getMessage(), e);
    }
  }

  /**
   * Long records may be read otherwise than cut, so that one of the same text would not be near.
   */
  private void requireWhole(Encoding encoding, String text, String whose) {
    if (encoding.truncated()) {
      throw new ModelException(
          "Model '%s' takes only %d tokens of %s, which has more. Shorten it; it begins: '%s'."
              .formatted(
                  model.model().name(),
                  encoding.length(),
                  whose,
                  Excerpt.of(text, MOST_QUOTED, Kept.START).text()));
    }
  }
}
