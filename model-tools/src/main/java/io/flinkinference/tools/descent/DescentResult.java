package io.flinkinference.tools.descent;

import java.util.List;

/**
 * What was learned.
 *
 * @param epochs passes after which the weights were best; 0 where they were never better
 * @param steps that were gone
 * @param before error at the beginning; not a number where there are no texts to tell it by
 * @param after error of the weights that were kept
 * @param errors after each pass
 */
public record DescentResult(
    int epochs, int steps, double before, double after, List<Double> errors) {

  public DescentResult {
    errors = List.copyOf(errors);
  }
}
