package io.flinkinference.tools.optimize;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tokenize.Tokenizer;
import io.flinkinference.tools.texts.SampleText;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Batches on which a rewritten graph is held against the original: of real and of random ids. */
final class CheckBatches {

  /** All values inside are kept for a comparison, so few tokens have to do. */
  private static final int MOST_TOKENS = 48;

  private static final int TEXTS = 4;
  private static final int[] RANDOM_LENGTHS = {29, 3, 17, 8, 2};
  private static final int MOST_CHARACTERS = 10_000;
  private static final long SEED = 7;

  private CheckBatches() {}

  static List<TokenBatch> of(Model model, List<SampleText> texts) {
    int most = Math.min(MOST_TOKENS, model.config().maxTokens());
    return List.of(real(model, texts, most), random(model, most));
  }

  private static TokenBatch real(Model model, List<SampleText> texts, int most) {
    List<Encoding> rows = new ArrayList<>();
    try (Tokenizer tokenizer = DjlTokenizer.open(model.tokenizerFile(), most, MOST_CHARACTERS)) {
      for (SampleText text : texts.subList(0, Math.min(TEXTS, texts.size()))) {
        rows.add(tokenizer.encode(TextInput.of(text.text())));
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
