package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.result.Entity;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A piece's first score is the number of the window that it came from. */
class WindowedTokensTest {

  private static final int LEAD = 2;

  @Test
  void eachTokenComesOnceFromTheWindowInWhichItIsFarthestFromACut() {
    Random random = new Random(6);
    for (int round = 0; round < 500; round++) {
      int tokens = 2 + random.nextInt(60);
      int room = 1 + random.nextInt(tokens - 1);
      int overlap = random.nextInt(room);
      List<Window> windows = windows(tokens, room, overlap);
      List<Piece[]> pieces = new ArrayList<>();
      for (int w = 0; w < windows.size(); w++) {
        pieces.add(pieces(windows.get(w), w));
      }
      Piece[] merged = WindowedTokens.merge(windows, pieces);
      assertThat(merged).hasSize(tokens);
      for (int token = 0; token < tokens; token++) {
        assertThat(merged[token].start()).isEqualTo(token);
        Window chosen = windows.get((int) merged[token].scores()[0]);
        for (Window other : windows) {
          if (other.from() <= token && token < other.to()) {
            assertThat(context(chosen, token, tokens))
                .isGreaterThanOrEqualTo(context(other, token, tokens));
          }
        }
      }
    }
  }

  /** Tokens that the model saw on the shorter side, as if the text went on at its ends. */
  private static int context(Window window, int token, int tokens) {
    int before = window.from() == 0 ? 1_000 : token - window.from();
    int behind = window.to() == tokens ? 1_000 : window.to() - token - 1;
    return Math.min(before, behind);
  }

  @Test
  void anEntityAtTheSeamIsOneAndTheSameAsWithoutWindows() {
    List<String> labels = List.of("O", "B-PER", "I-PER");
    EntityReader reader = new EntityReader(labels, Aggregation.SIMPLE);
    Random random = new Random(8);
    for (int round = 0; round < 300; round++) {
      int tokens = 10 + random.nextInt(40);
      int[] tags = new int[tokens];
      for (int i = 0; i < tokens; i++) {
        tags[i] = random.nextInt(3);
      }
      String text = "x".repeat(tokens);
      List<Window> windows = windows(tokens, 8, 4);
      List<Piece[]> pieces = new ArrayList<>();
      for (Window window : windows) {
        Piece[] of = new Piece[LEAD + window.tokens() + 1];
        for (int i = 0; i < window.tokens(); i++) {
          int token = window.from() + i;
          // Where a window cuts an entity, its model sees no entity: the first and last token lie.
          boolean atCut = (i == 0 && token > 0) || (i == window.tokens() - 1 && token < tokens - 1);
          of[LEAD + i] = piece(token, atCut ? 0 : tags[token]);
        }
        pieces.add(of);
      }
      Piece[] alone = new Piece[tokens];
      Arrays.setAll(alone, token -> piece(token, tags[token]));
      List<Entity> expected = reader.read(text, Arrays.asList(alone));
      assertThat(reader.read(text, Arrays.asList(WindowedTokens.merge(windows, pieces))))
          .isEqualTo(expected);
    }
  }

  private static Piece piece(int token, int tag) {
    float[] scores = new float[3];
    scores[tag] = 1;
    return new Piece(token, token + 1, false, scores);
  }

  private static Piece[] pieces(Window window, int number) {
    Piece[] pieces = new Piece[LEAD + window.tokens() + 1];
    for (int i = 0; i < window.tokens(); i++) {
      int token = window.from() + i;
      pieces[LEAD + i] = new Piece(token, token + 1, false, number);
    }
    return pieces;
  }

  private static List<Window> windows(int tokens, int room, int overlap) {
    List<Window> windows = new ArrayList<>();
    for (int from = 0; ; from += room - overlap) {
      int to = Math.min(tokens, from + room);
      windows.add(new Window(Encoding.of(1), LEAD, from, to));
      if (to == tokens) {
        return windows;
      }
    }
  }
}
