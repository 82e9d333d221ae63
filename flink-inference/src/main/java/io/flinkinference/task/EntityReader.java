package io.flinkinference.task;

import io.flinkinference.result.Entity;
import java.util.ArrayList;
import java.util.List;

/**
 * From the scores of tokens to the entities of a text, as the token-classification pipeline of
 * transformers does it ({@code aggregate}, {@code group_entities}), but for characters that several
 * tokens share, which it may give to two entities, and for white space at the ends of entities; it
 * also knows IOBES and BILOU.
 *
 * <p><b>Thread safety:</b> immutable.
 */
final class EntityReader {

  /** Of tokens that belong to no entity. */
  static final String OUTSIDE = "O";

  private final List<String> labels;
  private final List<Tag> tags;
  private final Aggregation aggregation;

  EntityReader(List<String> labels, Aggregation aggregation) {
    this.labels = labels;
    this.tags = labels.stream().map(Tag::of).toList();
    this.aggregation = aggregation;
  }

  /**
   * Finds the entities. None begins or ends with white space; one that is nothing else is left out,
   * since it says nothing, and a redacted text would have a mask where nothing stood.
   *
   * @param tokens of the text, in its order
   */
  List<Entity> read(String text, List<Piece> tokens) {
    List<Entity> found =
        aggregation == Aggregation.NONE
            ? each(text, apart(tokens))
            : group(text, apart(aggregation.ofWords() ? Piece.words(tokens, aggregation) : tokens));
    return found.stream().filter(entity -> !entity.text().isEmpty()).toList();
  }

  private List<Entity> each(String text, List<Piece> tokens) {
    List<Entity> entities = new ArrayList<>();
    for (Piece token : tokens) {
      if (hasLabel(token)) {
        add(entities, labels.get(token.best()), List.of(token), text);
      }
    }
    return entities;
  }

  /**
   * Takes care that no character is in two entities. Tokens may share one: byte-level tokenizers
   * split characters, and each part then stands for the whole of its character. Nothing can begin
   * in the midst of a character, so it belongs to its first token that has a label. Tokens that go
   * on with that entity stay, for their scores count; any other begins behind the character, or is
   * left out where nothing is left of it.
   */
  private List<Piece> apart(List<Piece> pieces) {
    List<Piece> apart = new ArrayList<>(pieces.size());
    Piece before = null;
    int end = 0; // Of what has a label.
    for (Piece piece : pieces) {
      boolean free =
          piece.start() >= end || (aggregation != Aggregation.NONE && alike(before, piece));
      if (free || piece.end() > end) {
        before = free ? piece : piece.from(end);
        apart.add(before);
        end = hasLabel(piece) ? Math.max(end, piece.end()) : end;
      }
    }
    return apart;
  }

  private List<Entity> group(String text, List<Piece> pieces) {
    List<Entity> entities = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= pieces.size(); to++) {
      if (to == pieces.size() || parts(pieces.get(to - 1), pieces.get(to))) {
        if (hasLabel(pieces.get(from))) {
          add(entities, tag(pieces.get(from)).kind(), pieces.subList(from, to), text);
        }
        from = to;
      }
    }
    return entities;
  }

  private boolean parts(Piece before, Piece next) {
    boolean begins = tag(next).begins() && next.start() >= before.end();
    return begins || !alike(before, next);
  }

  private boolean alike(Piece before, Piece next) {
    return tag(next).kind().equals(tag(before).kind());
  }

  private boolean hasLabel(Piece piece) {
    return !tag(piece).kind().equals(OUTSIDE);
  }

  private Tag tag(Piece piece) {
    return tags.get(piece.best());
  }

  /** Tokenizers may count the blank before a word to its token, but it is no part of a name. */
  private static void add(List<Entity> found, String label, List<Piece> pieces, String text) {
    double sum = 0;
    for (Piece piece : pieces) {
      sum += piece.scores()[piece.best()];
    }
    int start = pieces.get(0).start();
    int end = pieces.get(pieces.size() - 1).end();
    while (start < end && isWhite(text.charAt(start))) {
      start++;
    }
    while (start < end && isWhite(text.charAt(end - 1))) {
      end--;
    }
    float score = (float) (sum / pieces.size());
    found.add(
        found.isEmpty()
            ? Entity.of(label, score, start, end, text)
            : found.get(found.size() - 1).next(label, score, start, end, text));
  }

  /** Also what does not break, which {@link Character#isWhitespace} leaves out. */
  private static boolean isWhite(char character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }
}
