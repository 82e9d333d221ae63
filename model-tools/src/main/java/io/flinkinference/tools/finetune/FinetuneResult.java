package io.flinkinference.tools.finetune;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flinkinference.tools.data.BadRow;
import io.flinkinference.tools.evaluate.Evaluation;
import java.util.List;

/**
 * What came of it.
 *
 * @param labels of the model
 * @param trainRows rows that it learned from
 * @param validationRows rows that settings were chosen by
 * @param repeatedRows rows whose text an earlier row has; they are in the part of that one
 * @param strength of the regularisation
 * @param iterations of the descent
 * @param temperature that logits are divided by, in the graph
 * @param calibrationErrorBefore expected calibration error on the test rows without temperature, or
 *     null without such rows
 * @param encoder what was taught to the encoder, or null where nothing was to be
 * @param test how good the written model is on rows that it never saw, or null without such rows
 * @param bad rows that could not be used
 * @param seconds that all took
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FinetuneResult(
    List<String> labels,
    int trainRows,
    int validationRows,
    int repeatedRows,
    double strength,
    int iterations,
    double temperature,
    Double calibrationErrorBefore,
    EncoderResult encoder,
    Evaluation test,
    List<BadRow> bad,
    double seconds) {

  public FinetuneResult {
    labels = List.copyOf(labels);
    bad = List.copyOf(bad);
  }

  /** The same without mistakes, whose texts do not belong beside a model that others get. */
  FinetuneResult withoutTexts() {
    return new FinetuneResult(
        labels,
        trainRows,
        validationRows,
        repeatedRows,
        strength,
        iterations,
        temperature,
        calibrationErrorBefore,
        encoder,
        test == null ? null : test.withoutMistakes(),
        bad,
        seconds);
  }
}
