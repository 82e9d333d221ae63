package io.flinkinference.tools.texts;

import java.util.List;

/**
 * With which second texts a model is tried that judges two: alone, a text shows little of what it
 * does.
 */
public final class SecondTexts {

  private SecondTexts() {}

  /**
   * Whether texts get second ones. Those with labels do not, for a label is about the text alone.
   *
   * @param tasks that the model is for
   */
  public static boolean areFor(List<String> tasks, List<SampleText> texts) {
    boolean judgesTwo = tasks.contains("rerank") || tasks.contains("natural-language-inference");
    return judgesTwo && texts.stream().allMatch(text -> text.label().isEmpty());
  }

  /**
   * The second text of one: by turns itself and the next, for texts that have nothing to do with
   * each other would all have scores at one end.
   */
  public static String of(List<SampleText> texts, int index) {
    return texts.get(index % 2 == 0 ? index : (index + 1) % texts.size()).text();
  }
}
