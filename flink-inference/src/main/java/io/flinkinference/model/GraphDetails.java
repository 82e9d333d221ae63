package io.flinkinference.model;

import java.util.List;

/**
 * What of an ONNX graph is checked against the files beside it.
 *
 * @param inputs what it takes; weights that are listed as inputs, as in old files, are left out
 * @param outputs what it gives
 * @param parameters numbers in its weights
 * @param vocabularyRows rows of the table that is looked up by {@code input_ids}, or -1 where it
 *     was not found
 * @param positionRows rows of the position table, or -1 where it was not found
 * @param fourBit whether its weights are of 4 bits
 */
record GraphDetails(
    List<GraphValue> inputs,
    List<GraphValue> outputs,
    long parameters,
    long vocabularyRows,
    long positionRows,
    boolean fourBit) {

  GraphDetails {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
