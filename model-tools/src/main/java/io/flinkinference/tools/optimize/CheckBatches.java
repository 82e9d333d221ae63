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

  /** All values inside are kept for a comparison, so few tokens have to do. */
  private static final int MOST_TOKENS = 48;

  private static final int TEXTS = 4;
  private static final int[] RANDOM_LENGTHS = {29, 3, 17, 8, 2};
  private static final long SEED = 7;

  /** Sums in another order, over some layers. */
  private static final double TOLERANCE = 2e-3;

  private CheckBatches() {}

  /**
   * Compares both graphs, value by value.
   *
   * @throws GraphException if one differs by more than rounding
   */
  static ValueCheck check(Model model, List<SampleText> texts, Graph before, Graph after) {
    int most = Math.min(MOST_TOKENS, model.config().maxTokens());
    List<TokenBatch> batches = List.of(real(model, texts, most), random(model, most));
    return ValueCheck.of(before, after, batches, TOLERANCE);
  }

  private static TokenBatch real(Model model, List<SampleText> texts, int most) {
    List<Encoding> rows = new ArrayList<>();
    try (TextEncoder encoder = TextEncoder.open(model, most)) {
      for (SampleText text : texts.subList(0, Math.min(TEXTS, texts.size()))) {
        rows.add(encoder.encode(text.text()));
      }
    }
    return TokenBatch.of(rows);
  }

  private static TokenBatch random(Model model, int most) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Encoding> rows = new ArrayList<>();
    for (int length : RANDOM_LENGTHS) {
      int[] ids = random.ints(Math.min(length, most), 0, model.config().vocabularySize()).toArray();
      rows.add(Encoding.of(ids));
    }
    return TokenBatch.of(rows);
  }
}
