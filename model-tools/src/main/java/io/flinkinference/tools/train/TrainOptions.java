package io.flinkinference.tools.train;

import java.util.List;

/**
 * How a head learns.
 *
 * @param labels number of labels
 * @param loss whether one or several are right
 * @param balanced whether rare labels weigh as much as frequent ones
 * @param strengths of the regularisation to choose from by the validation part, strongest first;
 *     the first is taken where there is no such part
 * @param mostIterations for each strength
 */
public record TrainOptions(
    int labels, Loss loss, boolean balanced, List<Double> strengths, int mostIterations) {

  public TrainOptions {
    strengths = List.copyOf(strengths);
  }
}
