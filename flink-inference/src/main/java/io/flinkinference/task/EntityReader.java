package io.flinkinference.task;

import io.flinkinference.result.Entity;
import java.util.ArrayList;
import java.util.List;

/**
 * From the scores of tokens to the entities of a text, as the token-classification pipeline of
 * transformers does it ({@code aggregate}, {@code group_entities}); it also knows IOBES and BILOU.
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
   * Finds the entities.
   *
   * @param tokens of the text, in its order
   */
  List<Entity> read(String text, List<Piece> tokens) {
    if (aggregation == Aggregation.NONE) {
      return tokens.stream()
          .filter(token -> !labels.get(token.best()).equals(OUTSIDE))
          .map(token -> entity(labels.get(token.best()), List.of(token), text))
          .toList();
    }
    return group(text, aggregation.ofWords() ? Piece.words(tokens, aggregation) : tokens);
  }

  private List<Entity> group(String text, List<Piece> pieces) {
    List<Entity> entities = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= pieces.size(); to++) {
      if (to == pieces.size() || parts(pieces.get(to - 1), pieces.get(to))) {
        String kind = tag(pieces.get(from)).kind();
        if (!kind.equals(OUTSIDE)) {
          entities.add(entity(kind, pieces.subList(from, to), text));
        }
        from = to;
      }
    }
    return entities;
  }

  private boolean parts(Piece before, Piece next) {
    Tag tag = tag(next);
    return tag.begins() || !tag.kind().equals(tag(before).kind());
  }

  private Tag tag(Piece piece) {
    return tags.get(piece.best());
  }

  private static Entity entity(String label, List<Piece> pieces, String text) {
    double sum = 0;
    for (Piece piece : pieces) {
      sum += piece.scores()[piece.best()];
    }
    return Entity.of(
        label,
        (float) (sum / pieces.size()),
        pieces.get(0).start(),
        pieces.get(pieces.size() - 1).end(),
        text);
  }
}
