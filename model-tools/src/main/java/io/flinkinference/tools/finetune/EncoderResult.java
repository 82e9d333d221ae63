package io.flinkinference.tools.finetune;

import java.util.List;

/**
 * What was taught to an encoder.
 *
 * @param layers how many of its last layers
 * @param epochs passes after which the validation rows were judged best; 0 where never better than
 *     with the head alone
 * @param steps that were gone
 * @param validationLossBefore mean over the validation rows with the head alone; not a number
 *     without such rows
 * @param validationLoss the same with what was kept
 * @param validationLosses after each pass
 * @param headAlone share of the rows of the test that the head alone gets right: the label, or with
 *     several labels the micro F1; 0 without such rows
 */
public record EncoderResult(
    int layers,
    int epochs,
    int steps,
    double validationLossBefore,
    double validationLoss,
    List<Double> validationLosses,
    double headAlone) {

  public EncoderResult {
    validationLosses = List.copyOf(validationLosses);
  }
}
