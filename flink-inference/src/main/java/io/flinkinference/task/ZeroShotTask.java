package io.flinkinference.task;

import io.flinkinference.result.Classification;
import io.flinkinference.runtime.LoadedModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Labels of the user's choice, scored by an embedding model that was not trained on them: each
 * label is described in words, and a text gets the score
 *
 * <pre>{@code  softmax over labels of  cos(text, description) / temperature}</pre>
 *
 * as in CLIP (Radford et al. 2021, section 2.3), there of images and captions.
 *
 * @param labels at least one, each once
 * @param temperature above 0; the lower, the more the best label takes of the score
 * @param topK most labels in a result, at least 1
 */
public record ZeroShotTask(List<LabelDescription> labels, double temperature, int topK)
    implements Task<Classification> {

  public ZeroShotTask {
    labels = List.copyOf(labels);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("A zero-shot task has at least one label.");
    }
    if (topK < 1) {
      throw new IllegalArgumentException("topK is at least 1, not " + topK + ".");
    }
    Set<String> names = new HashSet<>();
    for (LabelDescription label : labels) {
      if (!names.add(label.label())) {
        throw new IllegalArgumentException("The label '" + label.label() + "' is given twice.");
      }
    }
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "The temperature is a number above 0, not " + temperature + ".");
    }
  }

  /** Encodes the descriptions with the model. */
  @Override
  public TaskDecoder<Classification> open(LoadedModel model) {
    OwnTexts own = OwnTexts.of(model, TextPrefix.AS_MODEL);
    VectorTable descriptions =
        new VectorTable(
            labels.stream()
                .map(
                    label ->
                        own.vector(
                            label.description(),
                            "the description of label '" + label.label() + "'"))
                .toList());
    TextVectors vectors = own.vectors();
    List<String> names = labels.stream().map(LabelDescription::label).toList();
    // Windows are merged by their cosines, so that the scores still sum up to 1.
    return new ScoreDecoder(
        (batch, row, outputs) -> narrow(descriptions.times(vectors.readUnit(batch, row, outputs))),
        WindowMerge.WEIGHTED_MEAN,
        cosines -> {
          Scores.softmax(cosines, temperature);
          return Scores.rank(names, cosines, topK);
        });
  }

  private static float[] narrow(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
