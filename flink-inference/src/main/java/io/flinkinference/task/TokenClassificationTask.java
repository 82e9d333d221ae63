package io.flinkinference.task;

import io.flinkinference.model.ModelException;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import io.flinkinference.runtime.LoadedModel;
import java.util.List;
import java.util.Objects;

/**
 * The entities of a text, by a token classification model: names, places, personal data.
 *
 * @param aggregation how the labels of tokens become entities
 * @param redact whether the result also has the text without them
 * @param filter which of them are wanted; only these are redacted
 * @param mask what stands in their place in a redacted text
 */
public record TokenClassificationTask(
    Aggregation aggregation, boolean redact, EntityFilter filter, EntityMask mask)
    implements Task<Entities> {

  public TokenClassificationTask {
    Objects.requireNonNull(aggregation, "aggregation");
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(mask, "mask");
    if (redact && aggregation == Aggregation.NONE) {
      throw new IllegalArgumentException(
          "A text is redacted by its entities, but with the aggregation NONE there are only tokens."
              + " Set another one, such as SIMPLE.");
    }
  }

  /** All entities, in a redacted text their labels in brackets. */
  public TokenClassificationTask(Aggregation aggregation, boolean redact) {
    this(aggregation, redact, EntityFilter.NONE, EntityMask.LABEL);
  }

  /** The same without entities of a lower score, from 0 to 1. */
  public TokenClassificationTask withThreshold(double least) {
    return withFilter(new EntityFilter(least, filter.only(), filter.without()));
  }

  /** The same with entities of these labels only, such as {@code PER}. */
  public TokenClassificationTask withOnly(List<String> labels) {
    return withFilter(new EntityFilter(filter.threshold(), labels, filter.without()));
  }

  /** The same without entities of these labels. */
  public TokenClassificationTask without(List<String> labels) {
    return withFilter(new EntityFilter(filter.threshold(), filter.only(), labels));
  }

  /** The same with another choice of entities. */
  public TokenClassificationTask withFilter(EntityFilter other) {
    return new TokenClassificationTask(aggregation, redact, other, mask);
  }

  /** The same, redacting, with another text in place of entities. */
  public TokenClassificationTask withMask(EntityMask other) {
    return new TokenClassificationTask(aggregation, true, filter, other);
  }

  @Override
  public boolean needsSpans() {
    return true;
  }

  @Override
  public TaskDecoder<Entities> open(LoadedModel model) {
    String name = model.model().name();
    List<String> labels = model.model().config().labels();
    if (labels.isEmpty()) {
      throw new ModelException(
          "Model '" + name + "' has no labels. Add id2label to its config.json.");
    }
    Logits logits = Logits.of(model, "", 3, labels);
    filter.requireKnown(name, labels);
    return new TokenClassificationDecoder(
        logits, new EntityReader(labels, aggregation), model.engine().padsLeft(), this);
  }

  /** What of the entities of a text is wanted. */
  Entities result(String text, List<Entity> found) {
    List<Entity> wanted = filter.of(found, aggregation);
    return new Entities(wanted, redact ? mask.redact(text, wanted) : null);
  }
}
