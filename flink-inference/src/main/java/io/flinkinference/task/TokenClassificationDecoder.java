package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Entities;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TokenSpans;
import java.util.ArrayList;
import java.util.List;

/** Reads the entities of each text from logits [rows, tokens, labels]. */
final class TokenClassificationDecoder implements TaskDecoder<Entities> {

  private final String output;
  private final int labels;
  private final EntityReader reader;
  private final boolean padsLeft;
  private final TokenClassificationTask task;

  TokenClassificationDecoder(
      String output,
      int labels,
      EntityReader reader,
      boolean padsLeft,
      TokenClassificationTask task) {
    this.output = output;
    this.labels = labels;
    this.reader = reader;
    this.padsLeft = padsLeft;
    this.task = task;
  }

  @Override
  public Entities decode(TokenBatch batch, int row, Outputs outputs) {
    FloatTensor logits = outputs.get(output);
    Rows.requireShape(output, logits, batch.rows(), batch.width());
    if (logits.shape()[2] != labels) {
      throw new UnscorableException(
          DeadLetterReason.INVALID_OUTPUT,
          "Output '%s' scores %d labels, and the model's id2label names %d."
              .formatted(output, logits.shape()[2], labels));
    }
    Encoding encoding = batch.row(row);
    if (task.redact() && encoding.truncated()) {
      throw new UnscorableException(
          DeadLetterReason.TOO_LONG,
          "The text is too long to be redacted: behind its first "
              + encoding.length()
              + " tokens nobody looked. Shorten it.");
    }
    TokenSpans spans = encoding.spans();
    return task.result(
        spans.text(), reader.read(spans.text(), tokens(logits, firstToken(batch, row), spans)));
  }

  private int firstToken(TokenBatch batch, int row) {
    int padding = batch.width() - batch.row(row).length();
    return row * batch.width() + (padsLeft ? padding : 0);
  }

  /** Those that stand for something in the text. */
  private List<Piece> tokens(FloatTensor logits, int firstToken, TokenSpans spans) {
    List<Piece> tokens = new ArrayList<>(spans.length());
    for (int i = 0; i < spans.length(); i++) {
      if (spans.start(i) != TokenSpans.NONE) {
        float[] scores = new float[labels];
        logits.data().get((firstToken + i) * labels, scores);
        Rows.requireNumbers(output, scores);
        Scores.softmax(scores, 1);
        tokens.add(new Piece(spans.start(i), spans.end(i), spans.continuing(i), scores));
      }
    }
    return tokens;
  }

  @Override
  public Entities emptyResult() {
    return Entities.EMPTY;
  }
}
