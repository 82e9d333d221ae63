package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.model.Prompts;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.vocabulary.VocabularyPruning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Takes tokens out of a new directory that some texts do not use. */
final class FewerTokens {

  /** All tokens of a text count, not only those that the model takes. */
  private static final int MOST_TOKENS = 1_000_000;

  private static final int MOST_CHARACTERS = 10_000_000;

  private FewerTokens() {}

  /**
   * Checks that the tokenizer's vocabulary can be made smaller.
   *
   * @throws io.flinkinference.tools.graph.GraphException if it is of a kind that is not known here
   */
  static void requireKnown(Model original) {
    VocabularyPruning.of(original.tokenizerFile().getParent());
  }

  static PassReport apply(
      Model original, Graph graph, List<SampleText> texts, Path draft, Progress progress)
      throws IOException {
    VocabularyPruning pruning = VocabularyPruning.of(original.tokenizerFile().getParent());
    try (DjlTokenizer tokenizer =
            DjlTokenizer.open(original.tokenizerFile(), MOST_TOKENS, MOST_CHARACTERS);
        Progress.Work work = progress.begin("Counting tokens", texts.size())) {
      Set<String> prompts = prompts(original);
      for (SampleText text : texts) {
        for (String prompt : prompts) {
          pruning.use(tokenizer.encode(TextInput.of(prompt + text.text())));
        }
        work.step();
      }
    }
    VocabularyPruning.Sizes sizes = pruning.apply(graph, original.config().padTokenId(), draft);
    return new PassReport("Tokens removed", sizes.before() - sizes.after(), List.of());
  }

  /**
   * All that may stand before a text, nothing included: a job names the prompt that it wants. Each
   * is put before each text, since the first word of a text may be another token behind a prompt.
   */
  private static Set<String> prompts(Model model) {
    Prompts known = model.config().prompts();
    Set<String> prompts = new LinkedHashSet<>(known.texts().values());
    prompts.add(known.byDefault());
    prompts.add("");
    return prompts;
  }
}
