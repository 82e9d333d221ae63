package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.ModelException;
import io.flinkinference.result.Classification;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Tokenizer;
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

  /** All labels. */
  public ZeroShotTask(List<LabelDescription> labels, double temperature) {
    this(labels, temperature, Integer.MAX_VALUE);
  }

  /** Encodes the descriptions with the model. */
  @Override
  public TaskDecoder<Classification> open(LoadedModel model) {
    TextVectors vectors = TextVectors.of(model);
    List<float[]> descriptions =
        labels.stream().map(label -> describe(label, model, vectors)).toList();
    List<String> names = labels.stream().map(LabelDescription::label).toList();
    return new ZeroShotDecoder(
        vectors, names, descriptions.toArray(float[][]::new), temperature, topK);
  }

  private static float[] describe(LabelDescription label, LoadedModel model, TextVectors vectors) {
    // Alone, so that its vector does not depend on the other labels.
    Tokenizer tokenizer = TextPrefix.AS_MODEL.tokenizer(model);
    TokenBatch batch = TokenBatch.of(tokenizer.encode(TextInput.of(label.description())));
    try {
      float[] vector = model.engine().run(batch, outputs -> vectors.read(batch, 0, outputs));
      TextVectors.scaleToUnitLength(vector);
      return vector;
    } catch (UnscorableException e) {
      throw new ModelException(
          "Model '"
              + model.model().name()
              + "' cannot encode the description of label '"
              + label.label()
              + "': "
              + e.getMessage(),
          e);
    }
  }
}
