package io.flinkinference.examples.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Cuts English prose into whole sentences. */
final class Sentences {

  /** In the corpus, a run of blanks stands where a paragraph ended. */
  private static final Pattern PARAGRAPH_END = Pattern.compile("\\s{2,}");

  private static final int MIN_CHARS = 40;

  private Sentences() {}

  /**
   * The sentences of a text, in their order. What has no beginning or no end is left out, and so is
   * what is too short to be about anything.
   */
  static List<String> of(String text) {
    List<String> sentences = new ArrayList<>();
    BreakIterator cuts = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    for (String paragraph : PARAGRAPH_END.split(text, -1)) {
      cuts.setText(paragraph);
      int start = cuts.first();
      for (int end = cuts.next(); end != BreakIterator.DONE; start = end, end = cuts.next()) {
        String sentence = paragraph.substring(start, end).strip();
        if (isWhole(sentence)) {
          sentences.add(sentence);
        }
      }
    }
    return sentences;
  }

  private static boolean isWhole(String sentence) {
    return sentence.length() >= MIN_CHARS
        && Character.isUpperCase(sentence.charAt(0))
        && ".?!".indexOf(sentence.charAt(sentence.length() - 1)) >= 0;
  }
}
