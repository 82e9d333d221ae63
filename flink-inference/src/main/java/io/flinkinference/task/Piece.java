package io.flinkinference.task;

import java.util.ArrayList;
import java.util.List;

/**
 * A token or a word of a text, with the scores of all labels.
 *
 * @param start index in the text, in UTF-16 units
 * @param end index behind it
 * @param continuing whether it goes on with the word of the one before it
 * @param scores one for each label
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one text, never compared.
record Piece(int start, int end, boolean continuing, float... scores) {

  /** Index of the best label; the first of equals. */
  int best() {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }

  /** The same without what stands before an index. */
  Piece from(int index) {
    return new Piece(index, end, continuing, scores);
  }

  /** Puts the tokens of each word together. */
  static List<Piece> words(List<Piece> tokens, Aggregation aggregation) {
    List<Piece> words = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= tokens.size(); to++) {
      if (to == tokens.size() || !tokens.get(to).continuing()) {
        words.add(word(tokens.subList(from, to), aggregation));
        from = to;
      }
    }
    return words;
  }

  private static Piece word(List<Piece> tokens, Aggregation aggregation) {
    Piece first = tokens.get(0);
    float[] scores =
        switch (aggregation) {
          case FIRST -> first.scores();
          case MAX -> surest(tokens).scores();
          default -> mean(tokens);
        };
    return new Piece(first.start(), tokens.get(tokens.size() - 1).end(), false, scores);
  }

  private static Piece surest(List<Piece> tokens) {
    Piece surest = tokens.get(0);
    for (Piece token : tokens) {
      if (token.scores[token.best()] > surest.scores[surest.best()]) {
        surest = token;
      }
    }
    return surest;
  }

  private static float[] mean(List<Piece> tokens) {
    float[] mean = new float[tokens.get(0).scores.length];
    for (int label = 0; label < mean.length; label++) {
      double sum = 0;
      for (Piece token : tokens) {
        sum += token.scores[label];
      }
      mean[label] = (float) (sum / tokens.size());
    }
    return mean;
  }
}
