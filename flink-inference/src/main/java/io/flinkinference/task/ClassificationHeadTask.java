package io.flinkinference.task;

import io.flinkinference.result.Classification;
import io.flinkinference.runtime.LoadedModel;
import java.util.List;
import java.util.Objects;

/**
 * The labels of one of several heads that a graph has: an output of its own, with labels of its
 * own. Meant for {@link SeveralTask}.
 *
 * @param output name of the output of raw scores [batch, labels]
 * @param labels in the order of the output, at least one
 * @param multiLabel whether several labels, or none, may fit: a sigmoid each, else the softmax over
 *     all
 */
public record ClassificationHeadTask(String output, List<String> labels, boolean multiLabel)
    implements Task<Classification> {

  private static final long serialVersionUID = 1L;

  public ClassificationHeadTask {
    Objects.requireNonNull(output, "output");
    labels = List.copyOf(labels);
    if (output.isBlank() || labels.isEmpty()) {
      throw new IllegalArgumentException(
          "A head has the name of its output and at least one label, not '"
              + output
              + "' and "
              + labels
              + ".");
    }
  }

  @Override
  public TaskDecoder<Classification> open(LoadedModel model) {
    ScoreFunction function =
        multiLabel || labels.size() == 1 ? ScoreFunction.SIGMOID : ScoreFunction.SOFTMAX;
    return new ScoreDecoder(
        Logits.of(model, output, 2, labels).scores(function),
        function.merge(),
        scores -> Scores.rank(labels, scores, scores.length));
  }
}
