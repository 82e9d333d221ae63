package io.flinkinference.tokenize;

import io.flinkinference.text.Encoding;
import io.flinkinference.text.TokenSpans;
import io.flinkinference.text.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * All tokens of a text or of a pair, however many, and what can be made of them within the model's
 * limit. How a text is cut is decided here for all tokenizers.
 *
 * <p>A pair that is to be kept in part loses the tokens of the longer text first; two that are both
 * too long share the room ({@code longest_first} in transformers).
 *
 * <p><b>Thread safety:</b> immutable; the arrays are shared and must not be written to.
 */
public final class WholeText {

  private final int[] ids;
  private final int[] typeIds;
  private final TokenSpans spans;
  private final int limit;
  private final boolean cut;
  private final int[] texts; // Where its one or two texts begin and end; empty where all fits.
  private final int prefix; // First tokens of the first text, which are always kept.

  private WholeText(
      int[] ids, int[] typeIds, TokenSpans spans, int limit, boolean cut, int[] texts, int prefix) {
    this.ids = ids;
    this.typeIds = typeIds;
    this.spans = spans;
    this.limit = limit;
    this.cut = cut;
    this.texts = texts;
    this.prefix = prefix;
  }

  /**
   * @param ids all token ids, special tokens included
   * @param typeIds segment of each token, or null where all are 0
   * @param spans where the tokens stand in the text, or null where nobody asked
   * @param limit most tokens that the model takes
   * @param cut whether characters were left out
   * @param texts for each text the place of its first token and the place behind its last; not
   *     asked for where all tokens are within the limit
   */
  public static WholeText of(
      int[] ids, int[] typeIds, TokenSpans spans, int limit, boolean cut, int... texts) {
    return new WholeText(ids, typeIds, spans, limit, cut, texts, 0);
  }

  /** The same, of whose first text so many tokens stand in each part that is made of it. */
  WholeText withPrefix(int tokens, boolean cutBefore) {
    return new WholeText(ids, typeIds, spans, limit, cut || cutBefore, texts, tokens);
  }

  /** Number of tokens. */
  public int length() {
    return ids.length;
  }

  /** Token id at a position. */
  int id(int position) {
    return ids[position];
  }

  /** Place of the first token of the first text; 0 where all fits. */
  int start() {
    return fits() ? 0 : texts[0];
  }

  /** Tokens that the model takes beside these. */
  public int left() {
    return limit - ids.length;
  }

  /** Whether it has no more tokens than the model takes. */
  public boolean fits() {
    return ids.length <= limit;
  }

  /**
   * As much as the model takes.
   *
   * @throws TokenizationException if the special tokens alone fill the limit
   */
  public Encoding keep(Kept kept) {
    if (fits()) {
      return new Encoding(ids, typeIds, cut, spans);
    }
    int first = texts[1] - texts[0];
    int second = texts.length == 2 ? 0 : texts[3] - texts[2];
    int room = limit - (ids.length - first - second);
    if (room <= 0) {
      throw new TokenizationException(
          "The limit of " + limit + " tokens leaves no room for a text. Raise it.");
    }
    int fromFirst = share(first, second, room);
    int[] gaps = new int[texts.length];
    leaveOut(gaps, 0, fromFirst, Math.min(prefix, fromFirst), kept);
    if (texts.length > 2) {
      leaveOut(gaps, 2, Math.min(second, room - fromFirst), 0, kept);
    }
    return without(true, gaps);
  }

  /** How many tokens of the first text are kept. */
  private static int share(int first, int second, int room) {
    int shorter = Math.min(first, second);
    if (2 * shorter <= room) {
      return first <= second ? first : Math.min(first, room - second);
    }
    return first > second ? room - room / 2 : room / 2;
  }

  private void leaveOut(int[] gaps, int text, int keep, int least, Kept kept) {
    int head =
        switch (kept) {
          case START -> keep;
          case END -> least;
          case BOTH_ENDS -> Math.max(least, keep - keep / 2);
        };
    gaps[text] = texts[text] + head;
    gaps[text + 1] = texts[text + 1] - (keep - head);
  }

  /**
   * All of it, in parts that the model takes. Each has the special tokens and, of a pair, the whole
   * other text.
   *
   * @param overlap tokens that a window shares with the one before it
   * @param most windows that there may be
   * @param ofSecond whether the second text of a pair is cut into windows, not the first
   * @throws TextTooLongException if that does not do, or characters were left out
   */
  public List<Window> windows(int overlap, int most, boolean ofSecond) {
    if (cut) {
      throw new TextTooLongException(
          "The text has more characters than inference.text.max-characters. Raise that, or shorten"
              + " the text.");
    }
    if (fits()) {
      return List.of(Window.whole(new Encoding(ids, typeIds, false, spans)));
    }
    int text = ofSecond ? 2 : 0;
    int at = texts[text] + (ofSecond ? 0 : prefix);
    int end = texts[text + 1];
    int count = end - at;
    int room = limit - (ids.length - count);
    requireWindows(count, room, overlap, most);
    List<Window> windows = new ArrayList<>();
    for (int from = 0; ; from += room - overlap) {
      int to = Math.min(count, from + room);
      windows.add(new Window(without(false, at, at + from, at + to, end), at, from, to));
      if (to == count) {
        return windows;
      }
    }
  }

  private void requireWindows(int count, int room, int overlap, int most) {
    if (room <= overlap) {
      throw new TextTooLongException(
          "What stands beside the text in each window, "
              + (ids.length - count)
              + " tokens, leaves room for "
              + Math.max(0, room)
              + " of the "
              + limit
              + " tokens of a window, but the overlap alone is "
              + overlap
              + ". Shorten the other text, or lower inference.text.window-overlap.");
    }
    int step = room - overlap;
    int needed = 1 + (count - room + step - 1) / step;
    if (needed > most) {
      throw new TextTooLongException(
          "The text of "
              + count
              + " tokens makes "
              + needed
              + " windows, but inference.text.max-windows is "
              + most
              + ". Raise that, or shorten the text.");
    }
  }

  /**
   * @param gaps ranges of tokens that are left out, in their order
   */
  private Encoding without(boolean truncated, int... gaps) {
    int length = ids.length;
    for (int gap = 0; gap < gaps.length; gap += 2) {
      length -= gaps[gap + 1] - gaps[gap];
    }
    PickedTokens picked = new PickedTokens(length, typeIds != null, spans);
    int from = 0;
    for (int gap = 0; gap < gaps.length; gap += 2) {
      picked.add(ids, typeIds, from, gaps[gap]);
      from = gaps[gap + 1];
    }
    picked.add(ids, typeIds, from, ids.length);
    return picked.encoding(truncated);
  }
}
