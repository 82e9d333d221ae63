package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Results;
import io.flinkinference.text.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks several decoders about each part. What is kept of one is what each of them keeps, in their
 * order.
 *
 * @param decoders in the order of their results
 */
record SeveralParts(Map<String, PartDecoder<?, ?>> decoders)
    implements PartDecoder<List<Object>, Results> {

  @Override
  public List<Object> decodePart(TokenBatch batch, int row, Outputs outputs) {
    List<Object> kept = new ArrayList<>(decoders.size());
    decoders.values().forEach(decoder -> kept.add(decoder.decodePart(batch, row, outputs)));
    return kept;
  }

  @Override
  public List<Object> mergeWindows(List<Window> windows, List<List<Object>> parts) {
    List<Object> merged = new ArrayList<>(decoders.size());
    for (PartDecoder<?, ?> decoder : decoders.values()) {
      merged.add(mergeWindows(decoder, windows, column(parts, merged.size())));
    }
    return merged;
  }

  @SuppressWarnings("unchecked") // What this decoder kept is of its type.
  private static <P> P mergeWindows(
      PartDecoder<P, ?> decoder, List<Window> windows, List<Object> parts) {
    return decoder.mergeWindows(windows, (List<P>) parts);
  }

  @Override
  public Results finish(List<List<Object>> inputs) {
    Map<String, Object> results = new LinkedHashMap<>();
    decoders.forEach(
        (name, decoder) -> results.put(name, finish(decoder, column(inputs, results.size()))));
    return new Results(results);
  }

  @SuppressWarnings("unchecked") // What this decoder merged is of its type.
  private static <P> Object finish(PartDecoder<P, ?> decoder, List<Object> inputs) {
    return decoder.finish((List<P>) inputs);
  }

  private static List<Object> column(List<List<Object>> rows, int index) {
    List<Object> column = new ArrayList<>(rows.size());
    rows.forEach(row -> column.add(row.get(index)));
    return column;
  }
}
