package io.flinkinference.tools.finetune;

import io.flinkinference.Tasks;
import io.flinkinference.TextOutcome;
import io.flinkinference.TextScorer;
import io.flinkinference.result.Embedding;
import io.flinkinference.tools.data.BadRow;
import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.progress.Bar;
import io.flinkinference.tools.session.Offline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes the vector of each text once: in batches of like lengths, or, where these would change
 * it, alone, so that the same texts give the same vectors.
 */
final class Embedder {

  private Embedder() {}

  /**
   * Vectors by the lines of their texts.
   *
   * @param model directory or name of the encoder
   * @param bad takes rows that the model refuses
   */
  static Map<Long, float[]> embed(String model, List<LabeledText> rows, List<BadRow> bad) {
    Map<Long, float[]> vectors = new HashMap<>();
    try (Bar progress = Bar.of("embedding", rows.size());
        TextScorer<Embedding> scorer = open(model)) {
      scorer.score(
          rows.iterator(),
          LabeledText::text,
          outcome -> {
            take(outcome, vectors, bad);
            progress.step();
          });
    }
    return vectors;
  }

  /** Of some graphs it shows only when they run that a batch changes a vector. */
  private static TextScorer<Embedding> open(String model) {
    TextScorer<Embedding> scorer = TextScorer.open(model, Tasks.embedding(), Offline.options());
    if (scorer.stamp().batchInvariant()) {
      return scorer;
    }
    scorer.close();
    return TextScorer.open(model, Tasks.embedding(), Offline.alone());
  }

  private static void take(
      TextOutcome<LabeledText, Embedding> outcome, Map<Long, float[]> vectors, List<BadRow> bad) {
    long line = outcome.item().line();
    if (outcome.result() != null) {
      vectors.put(line, outcome.result().values());
    } else {
      bad.add(
          new BadRow(line, outcome.isSkipped() ? "It was skipped." : outcome.failure().message()));
    }
  }
}
