package io.flinkinference;

import io.flinkinference.model.Model;
import io.flinkinference.runtime.LoadOptions;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tokenize.JavaTokenizer;
import io.flinkinference.tokenize.Kept;
import io.flinkinference.tokenize.Tokenizer;
import io.flinkinference.tokenize.TokenizerJson;
import io.flinkinference.tokenize.bpe.BpeTokenizer;
import io.flinkinference.tokenize.wordpiece.WordPieceTokenizer;
import java.nio.file.Path;
import java.util.Optional;

/** Opens a model's tokenizer: one in Java where there is one that gives the same ids. */
final class ModelTokenizer {

  private ModelTokenizer() {}

  /**
   * Opens it.
   *
   * @param beforeNative runs before the native library is loaded, and throws if that must not be
   */
  static Tokenizer open(Model model, int maxTokens, LoadOptions options, Runnable beforeNative) {
    Path file = model.tokenizerFile();
    int maxCharacters = options.maxCharacters();
    Kept kept = model.config().layout().truncateLeft() ? Kept.END : Kept.START;
    if (!options.nativeTokenizer()) {
      Optional<? extends JavaTokenizer> inJava =
          switch (TokenizerJson.kind(file)) {
            case "WordPiece", "" -> WordPieceTokenizer.open(file, maxTokens, maxCharacters, kept);
            case "BPE" -> BpeTokenizer.open(file, maxTokens, maxCharacters, kept);
            default -> Optional.empty();
          };
      if (inJava.isPresent()) {
        return inJava.get();
      }
    }
    beforeNative.run();
    return DjlTokenizer.open(file, maxTokens, maxCharacters, kept);
  }
}
