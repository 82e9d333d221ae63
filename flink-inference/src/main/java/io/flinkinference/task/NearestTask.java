package io.flinkinference.task;

import io.flinkinference.result.Classification;
import io.flinkinference.runtime.LoadedModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The names whose reference texts a text is nearest to, by the cosine of the vectors of an
 * embedding model. Suits routing by examples, and marks near duplicates of known texts. Scores are
 * cosines, from -1 to 1. A text that is near to none has a result without labels.
 *
 * @param names at least one, each once, with its reference texts
 * @param threshold names with a lower cosine are left out
 * @param most names in a result, at least 1
 * @param prototypes how several texts of a name count
 */
public record NearestTask(
    List<ReferenceTexts> names, double threshold, int most, Prototypes prototypes)
    implements Task<Classification> {

  private static final long serialVersionUID = 1L;

  public NearestTask {
    names = List.copyOf(names);
    Objects.requireNonNull(prototypes, "prototypes");
    if (names.isEmpty()) {
      throw new IllegalArgumentException("There is no reference text. Give at least one.");
    }
    Set<String> seen = new HashSet<>();
    for (ReferenceTexts name : names) {
      if (!seen.add(name.name())) {
        throw new IllegalArgumentException("The name '" + name.name() + "' is given twice.");
      }
    }
    if (!(threshold >= -1 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "The threshold is a cosine, from -1 to 1, not " + threshold + ".");
    }
    if (most < 1) {
      throw new IllegalArgumentException("A result has at least 1 name, not " + most + ".");
    }
  }

  /** All names, each as near as its nearest text. */
  public NearestTask(List<ReferenceTexts> names) {
    this(names, -1, Integer.MAX_VALUE, Prototypes.NEAREST);
  }

  /** The same without names of a lower cosine. */
  public NearestTask withThreshold(double least) {
    return new NearestTask(names, least, most, prototypes);
  }

  /** The same with another number of names. */
  public NearestTask withMost(int count) {
    return new NearestTask(names, threshold, count, prototypes);
  }

  /** The same with another way to count several texts of a name. */
  public NearestTask withPrototypes(Prototypes way) {
    return new NearestTask(names, threshold, most, way);
  }

  @Override
  public TaskDecoder<Classification> open(LoadedModel model) {
    return open(model, TextPrefix.AS_MODEL);
  }

  /** Encodes the reference texts with the model, as it will encode the records. */
  @Override
  public TaskDecoder<Classification> open(LoadedModel model, TextPrefix prefix) {
    OwnTexts own = OwnTexts.of(model, prefix);
    List<float[][]> perName = new ArrayList<>();
    for (ReferenceTexts name : names) {
      float[][] all =
          name.texts().stream()
              .map(text -> own.vector(text, "a reference text of '" + name.name() + "'"))
              .toArray(float[][]::new);
      perName.add(prototypes == Prototypes.MEAN ? new float[][] {mean(all)} : all);
    }
    List<String> labels = names.stream().map(ReferenceTexts::name).toList();
    return new ScoreDecoder(
        new NearestCosines(own.vectors(), perName),
        WindowMerge.MAX,
        cosines -> Scores.rank(labels, cosines, most, threshold));
  }

  private static float[] mean(float[][] vectors) {
    float[] sum = new float[vectors[0].length];
    for (float[] vector : vectors) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    TextVectors.scaleToUnitLength(sum);
    return sum;
  }
}
