package io.flinkinference.tools.finetune;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What was taught to an encoder.
 *
 * @param layers how many of its last layers
 * @param epochs passes after which the validation rows were judged best; 0 where never better than
 *     with the head alone
 * @param steps that were gone
 * @param validationLossBefore mean over the validation rows with the head alone; null without such
 *     rows
 * @param validationLoss the same with what was kept
 * @param validationLosses after each pass; empty without such rows
 * @param headAlone share of the rows of the test that the head alone gets right: the label, or with
 *     several labels the micro F1; null without such rows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EncoderResult(
    int layers,
    int epochs,
    int steps,
    Double validationLossBefore,
    Double validationLoss,
    List<Double> validationLosses,
    Double headAlone) {

  public EncoderResult {
    validationLosses = List.copyOf(validationLosses);
  }
}
