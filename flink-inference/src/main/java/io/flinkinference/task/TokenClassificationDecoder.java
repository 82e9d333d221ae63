package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Entities;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TokenSpans;
import io.flinkinference.text.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Reads the entities of each text from logits [rows, tokens, labels]. */
final class TokenClassificationDecoder
    implements TaskDecoder<Entities>, PartDecoder<TokenClassificationDecoder.Tokens, Entities> {

  /**
   * The tokens of a text, or of a window.
   *
   * @param text all of it
   * @param pieces in the places of the encoding, or of the text's tokens; null where a token stands
   *     for nothing in the text
   */
  @SuppressWarnings("ArrayRecordComponent") // Made for one text, never compared.
  record Tokens(String text, Piece... pieces) {}

  private final Logits logits;
  private final EntityReader reader;
  private final boolean padsLeft;
  private final TokenClassificationTask task;

  TokenClassificationDecoder(
      Logits logits, EntityReader reader, boolean padsLeft, TokenClassificationTask task) {
    this.logits = logits;
    this.reader = reader;
    this.padsLeft = padsLeft;
    this.task = task;
  }

  @Override
  public Entities decode(TokenBatch batch, int row, Outputs outputs) {
    return entities(decodePart(batch, row, outputs));
  }

  @Override
  public Tokens decodePart(TokenBatch batch, int row, Outputs outputs) {
    FloatTensor scores = logits.tensor(outputs, batch.rows(), batch.width());
    Encoding encoding = batch.row(row);
    if (task.redact() && encoding.truncated()) {
      throw new UnscorableException(
          DeadLetterReason.TOO_LONG,
          "The text is too long to be redacted: behind its first "
              + encoding.length()
              + " tokens nobody looked. Shorten it, or set inference.text.too-long to WINDOW.");
    }
    TokenSpans spans = encoding.spans();
    return new Tokens(spans.text(), tokens(scores, firstToken(batch, row), spans));
  }

  @Override
  public Tokens mergeWindows(List<Window> windows, List<Tokens> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : new Tokens(
            parts.get(0).text(),
            WindowedTokens.merge(windows, parts.stream().map(Tokens::pieces).toList()));
  }

  @Override
  public Entities finish(List<Tokens> inputs) {
    return entities(inputs.get(0));
  }

  private Entities entities(Tokens tokens) {
    List<Piece> pieces = Arrays.stream(tokens.pieces()).filter(Objects::nonNull).toList();
    return task.result(tokens.text(), reader.read(tokens.text(), pieces));
  }

  @Override
  public PartDecoder<Tokens, Entities> parts() {
    return this;
  }

  /** Entities at the seams of windows are put together, which is no matter of scores. */
  @Override
  public TaskDecoder<Entities> merging(WindowMerge merge) {
    return this;
  }

  private int firstToken(TokenBatch batch, int row) {
    int padding = batch.width() - batch.row(row).length();
    return row * batch.width() + (padsLeft ? padding : 0);
  }

  private Piece[] tokens(FloatTensor all, int firstToken, TokenSpans spans) {
    Piece[] tokens = new Piece[spans.length()];
    for (int i = 0; i < spans.length(); i++) {
      if (spans.start(i) != TokenSpans.NONE) {
        float[] scores = logits.read(all, firstToken + i);
        Scores.softmax(scores, 1);
        tokens[i] = new Piece(spans.start(i), spans.end(i), spans.continuing(i), scores);
      }
    }
    return tokens;
  }

  /** Redacted it is a text too, for readers that take what is redacted in its place. */
  @Override
  public Entities emptyResult() {
    return task.redact() ? new Entities(List.of(), "") : Entities.EMPTY;
  }
}
