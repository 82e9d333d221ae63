package io.flinkinference.runtime;

import io.flinkinference.model.Model;
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
public final class ModelTokenizer {

  private ModelTokenizer() {}

  /**
   * Opens it.
   *
   * @param maxTokens most tokens of an encoding, special tokens included
   * @param maxCharacters most characters (UTF-16 units) of a text that are looked at
   * @param nativeWanted whether the native one is wanted also where one in Java does
   * @param beforeNative runs before the native library is loaded, and throws if that must not be
   */
  public static Tokenizer open(
      Model model, int maxTokens, int maxCharacters, boolean nativeWanted, Runnable beforeNative) {
    Path file = model.tokenizerFile();
    Kept kept = model.config().layout().truncateLeft() ? Kept.END : Kept.START;
    if (!nativeWanted) {
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
