package io.flinkinference.tools.optimize;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.session.ValueCheck;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Batches on which a rewritten graph is held against the original: of real and of random ids. */
final class CheckBatches {

  /** Number of the batches. */
  static final int COUNT = 4;

  /** All values inside are kept for a comparison, so few tokens have to do. */
  private static final int MOST_TOKENS = 48;

  /** A mask that cuts off what is far away shows in long texts alone. */
  private static final int LONG = 512;

  private static final int TEXTS = 4;
  private static final int[] RANDOM_LENGTHS = {29, 3, 17, 8, 2};
  private static final int[] MORE_LENGTHS = {5, 96, 12, 41, 64, 7, 23, 80};
  private static final long SEED = 7;

  /** Sums in another order, over some layers. */
  private static final double TOLERANCE = 2e-3;

  private CheckBatches() {}

  /**
   * Compares both graphs: value by value on short texts, and by what comes out on longer ones.
   *
   * @param texts token ids
   * @param done called with each of the {@link #COUNT} batches that is compared
   * @throws GraphException if one differs by more than rounding
   */
  static ValueCheck check(
      Model model, List<Encoding> texts, Graph before, Graph after, Runnable done) {
    Encoding text = texts.get(0);
    int end = text.id(text.length() - 1);
    return ValueCheck.of(
        before,
        after,
        List.of(TokenBatch.of(texts), random(model, end, RANDOM_LENGTHS)),
        List.of(random(model, end, LONG), random(model, end, MORE_LENGTHS)),
        TOLERANCE,
        done);
  }

  /** Token ids of the first of some texts. */
  static List<Encoding> encode(Model model, List<SampleText> texts) {
    try (TextEncoder encoder = TextEncoder.open(model, MOST_TOKENS)) {
      return texts.subList(0, Math.min(TEXTS, texts.size())).stream()
          .map(text -> encoder.encode(text.text()))
          .toList();
    }
  }

  /** Rows end as texts do, for some graphs fail on a row that does not. */
  private static TokenBatch random(Model model, int end, int... lengths) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Encoding> rows = new ArrayList<>();
    for (int length : lengths) {
      int most = Math.min(length, model.config().maxTokens());
      int[] ids = random.ints(most, 0, model.config().vocabularySize()).toArray();
      for (int i = 0; i < most; i++) {
        // Once in each row, as in a text.
        ids[i] = ids[i] == end ? (end + 1) % model.config().vocabularySize() : ids[i];
      }
      ids[most - 1] = end;
      rows.add(Encoding.of(ids));
    }
    return TokenBatch.of(rows);
  }
}
