package io.flinkinference.benchmarks.texts;

import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.workload.EuroparlTexts;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.benchmarks.workload.Workloads;
import io.flinkinference.model.Model;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Kinds of texts, each of them about as many tokens as the others, so that all take alike long.
 *
 * @param byLength texts of about one length, from short to long
 * @param mixes of lengths; the file of the settings is one, where they name one
 */
record TextKinds(List<Workload> byLength, List<Workload> mixes) {

  private static final List<Integer> TOKENS = List.of(8, 16, 32, 64, 128, 256, 512);
  private static final List<Integer> TOKENS_QUICK = List.of(8, 64);

  /** Special tokens, and more than one for rare words. */
  private static final double SPECIAL_TOKENS = 2;

  private static final double TOKENS_OF_A_WORD = 1.15;

  private static final int TOKENS_OF_A_KIND = 30_000;
  private static final int TOKENS_OF_A_KIND_QUICK = 3_000;

  /** Sentences are not many, and documents are fewer. */
  private static final int MOST_TEXTS = 6_000;

  private static final int MOST_SHORT_AND_LONG = 1_500;

  private static final int MIXED_TOKENS = 40;

  static TextKinds of(BenchmarkSettings settings, Model model) throws IOException {
    EuroparlTexts europarl = EuroparlTexts.read();
    int tokens = settings.quick() ? TOKENS_OF_A_KIND_QUICK : Workloads.forCores(TOKENS_OF_A_KIND);
    List<Workload> byLength = new ArrayList<>();
    for (int length : settings.quick() ? TOKENS_QUICK : TOKENS) {
      if (length <= model.config().maxTokens()) {
        int words = Math.max(4, (int) Math.round((length - SPECIAL_TOKENS) / TOKENS_OF_A_WORD));
        byLength.add(europarl.ofWords(words, tokens / length));
      } else {
        settings
            .progress()
            .accept(
                "  %s takes at most %d tokens; %d are left out."
                    .formatted(model.name(), model.config().maxTokens(), length));
      }
    }
    int texts = Math.min(MOST_TEXTS, tokens / MIXED_TOKENS);
    List<Workload> mixes = new ArrayList<>();
    mixes.add(europarl.mixed(texts));
    mixes.add(europarl.sentences(texts));
    mixes.add(europarl.shortAndLong(Math.min(MOST_SHORT_AND_LONG, texts / 2)));
    if (settings.texts().isPresent()) {
      mixes.add(Workloads.of(settings, texts));
    }
    return new TextKinds(byLength, mixes);
  }
}
