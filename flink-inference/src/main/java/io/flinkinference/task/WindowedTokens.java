package io.flinkinference.task;

import io.flinkinference.text.Window;
import java.util.List;

/**
 * Puts the tokens of a text together again from its windows. A token that stands in several is
 * taken from the one in which it is farthest from where the text was cut, for there the model saw
 * most around it; of equals from the first. So each token is there once, and an entity at a seam is
 * one.
 */
final class WindowedTokens {

  private WindowedTokens() {}

  /**
   * Merges.
   *
   * @param pieces of each window, in the places of its encoding; null where a token stands for
   *     nothing in the text
   * @return those of the text, in its order, in the same way
   */
  static Piece[] merge(List<Window> windows, List<Piece[]> pieces) {
    int tokens = windows.get(windows.size() - 1).to();
    Piece[] merged = new Piece[tokens];
    int[] depths = new int[tokens];
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      for (int token = window.from(); token < window.to(); token++) {
        int depth = 1 + depth(window, token, tokens);
        if (depth > depths[token]) {
          depths[token] = depth;
          merged[token] = pieces.get(i)[window.at() + token - window.from()];
        }
      }
    }
    return merged;
  }

  /** Tokens between this one and the nearer cut; the ends of the text itself are none. */
  private static int depth(Window window, int token, int tokens) {
    int before = window.from() == 0 ? tokens : token - window.from();
    int behind = window.to() == tokens ? tokens : window.to() - 1 - token;
    return Math.min(before, behind);
  }
}
