package io.flinkinference.tools.prune;

import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Texts that what is left of a model learns from.
 *
 * @param learned from which it learns, and by which pieces are weighed
 * @param heldOut by which the pass that is kept is chosen
 */
public record RecoverTexts(List<Encoding> learned, List<Encoding> heldOut) {

  /** Where nothing is to be learned. */
  public static final RecoverTexts NONE = new RecoverTexts(List.of(), List.of());

  /** One of so many texts is held out, or of more where there are very many. */
  private static final int EVERY = 10;

  private static final int MOST_HELD_OUT = 300;

  public RecoverTexts {
    learned = List.copyOf(learned);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Divides texts, all over the list.
   *
   * @param encoder of one part; it may put texts of that part together
   */
  public static <T> RecoverTexts split(List<T> texts, Function<List<T>, List<Encoding>> encoder) {
    int every = Math.max(EVERY, (texts.size() + MOST_HELD_OUT - 1) / MOST_HELD_OUT);
    List<T> learned = new ArrayList<>();
    List<T> heldOut = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      (i % every == 0 ? heldOut : learned).add(texts.get(i));
    }
    return learned.isEmpty()
        ? NONE
        : new RecoverTexts(encoder.apply(learned), encoder.apply(heldOut));
  }
}
