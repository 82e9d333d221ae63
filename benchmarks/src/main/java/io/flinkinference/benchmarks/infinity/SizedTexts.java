package io.flinkinference.benchmarks.infinity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Texts of an exact number of tokens: words that are whole in the vocabulary of a tokenizer. */
final class SizedTexts {

  private static final Pattern WORD = Pattern.compile("[a-z]{2,}");

  /** [CLS] and [SEP]. */
  private static final int SPECIAL = 2;

  private final List<String> words = new ArrayList<>();

  /**
   * @param tokenizerJson of a WordPiece tokenizer
   */
  SizedTexts(Path tokenizerJson) throws IOException {
    JsonNode vocabulary =
        new ObjectMapper().readTree(tokenizerJson.toFile()).path("model").path("vocab");
    for (Iterator<String> names = vocabulary.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (WORD.matcher(name).matches()) {
        words.add(name);
      }
    }
    if (words.isEmpty()) {
      throw new IOException("The vocabulary of " + tokenizerJson + " has no words.");
    }
  }

  /**
   * Texts, the same for the same arguments.
   *
   * @param tokens of each, the two special ones included
   */
  List<String> of(int tokens, int count) {
    Random random = new Random(tokens);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = SPECIAL; word < tokens; word++) {
        text.append(text.isEmpty() ? "" : " ").append(words.get(random.nextInt(words.size())));
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
