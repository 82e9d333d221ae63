package io.flinkinference.task;

import io.flinkinference.model.ModelException;
import io.flinkinference.result.Entity;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the entities that a model finds are wanted. Labels are named without the prefixes of
 * IOB, as in {@code PER}.
 *
 * <p><b>Thread safety:</b> immutable.
 *
 * @param threshold entities with a lower score are left out
 * @param only labels that are kept, or empty for all
 * @param without labels that are left out
 */
public record EntityFilter(double threshold, List<String> only, List<String> without)
    implements Serializable {

  /** All entities. */
  public static final EntityFilter NONE = new EntityFilter(0, List.of(), List.of());

  private static final long serialVersionUID = 1L;

  public EntityFilter {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "The threshold of entities is from 0 to 1, not " + threshold + ".");
    }
    only = List.copyOf(only);
    without = List.copyOf(without);
    if (!only.isEmpty() && !without.isEmpty()) {
      throw new IllegalArgumentException(
          "Only the labels %s are wanted, and those without %s. Say one of the two."
              .formatted(only, without));
    }
  }

  /**
   * The wanted ones, in the same order.
   *
   * @param aggregation by which they were found: only without one do labels have their prefixes
   */
  List<Entity> of(List<Entity> entities, Aggregation aggregation) {
    if (equals(NONE)) {
      return entities;
    }
    return entities.stream()
        .filter(entity -> wants(entity, kind(entity.label(), aggregation)))
        .toList();
  }

  /** A kind is not taken apart once more: in {@code E-MAIL} the {@code E-} is no prefix. */
  private static String kind(String label, Aggregation aggregation) {
    return aggregation == Aggregation.NONE ? Tag.of(label).kind() : label;
  }

  private boolean wants(Entity entity, String kind) {
    return entity.score() >= threshold
        && (only.isEmpty() || only.contains(kind))
        && !without.contains(kind);
  }

  /**
   * Checks the labels that are named.
   *
   * @param labels of the model
   * @throws ModelException if the model has not all of them
   */
  void requireKnown(String model, List<String> labels) {
    List<String> kinds =
        labels.stream()
            .map(label -> Tag.of(label).kind())
            .filter(kind -> !kind.equals(EntityReader.OUTSIDE))
            .distinct()
            .toList();
    Set<String> unknown = new HashSet<>(only);
    unknown.addAll(without);
    kinds.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new ModelException(
          "Model '%s' has no entities labelled %s. It has %s; name some of these."
              .formatted(model, unknown.stream().sorted().toList(), kinds));
    }
  }
}
