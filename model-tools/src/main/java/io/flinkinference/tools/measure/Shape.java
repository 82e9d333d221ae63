package io.flinkinference.tools.measure;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Size of a batch.
 *
 * @param rows texts in it
 * @param width tokens of each
 */
public record Shape(int rows, int width) {

  /** From one short text to full batches of long ones. */
  private static final List<Shape> USUAL =
      List.of(new Shape(1, 16), new Shape(16, 32), new Shape(8, 64), new Shape(4, 128));

  /** Shapes that texts of a stream have, as far as a model takes texts so long. */
  public static List<Shape> usual(int maxTokens) {
    return Stream.concat(
            USUAL.stream().filter(shape -> shape.width() <= maxTokens),
            Stream.of(new Shape(1, maxTokens)).filter(shape -> maxTokens < 16))
        .toList();
  }

  /**
   * A batch of that size, of ids that a model knows, always the same.
   *
   * @param endTokenId that rows end in
   */
  TokenBatch batch(int vocabularySize, int endTokenId) {
    SplittableRandom random = new SplittableRandom(rows * 1_000L + width);
    int[] ids = random.ints(width, 1, Math.max(2, vocabularySize)).toArray();
    ids[width - 1] = endTokenId;
    return TokenBatch.of(Collections.nCopies(rows, Encoding.of(ids)));
  }

  /** Tokens that it has. */
  int tokens() {
    return rows * width;
  }

  @Override
  public String toString() {
    return rows + "x" + width;
  }
}
