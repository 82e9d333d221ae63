package io.flinkinference.tools.parity;

import io.flinkinference.result.ModelStamp;
import java.util.List;

/**
 * What a model was asked.
 *
 * @param answers in the order of the texts
 * @param stamp of the model, as the operator puts it on results
 */
public record Asked(List<Answer> answers, ModelStamp stamp) {

  public Asked {
    answers = List.copyOf(answers);
  }
}
