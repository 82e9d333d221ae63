package io.flinkinference.tools.compare;

import io.flinkinference.tools.data.LabeledText;
import java.util.List;

/**
 * What a worker is asked for.
 *
 * @param model directory, graph or name
 * @param rows to score
 */
record Assignment(String model, List<LabeledText> rows) {

  Assignment {
    rows = List.copyOf(rows);
  }
}
