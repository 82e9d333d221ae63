package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Results;
import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Asks several decoders about each row. A record that one of them cannot decode has no result.
 *
 * @param decoders in the order of their results
 */
record SeveralDecoder(Map<String, TaskDecoder<?>> decoders) implements TaskDecoder<Results> {

  @Override
  public Results decode(TokenBatch batch, int row, Outputs outputs) {
    return ofEach(decoder -> decoder.decode(batch, row, outputs));
  }

  @Override
  public Results decodePart(TokenBatch batch, int row, Outputs outputs) {
    return ofEach(decoder -> decoder.decodePart(batch, row, outputs));
  }

  @Override
  public Results merge(List<Encoding> encodings, List<Results> parts) {
    Map<String, Object> merged = new LinkedHashMap<>();
    decoders.forEach((name, decoder) -> merged.put(name, merge(name, decoder, encodings, parts)));
    return new Results(merged);
  }

  @SuppressWarnings("unchecked") // What this decoder made of the parts is of its type.
  private static <R> R merge(
      String name, TaskDecoder<R> decoder, List<Encoding> encodings, List<Results> parts) {
    List<R> own = new ArrayList<>(parts.size());
    for (Results part : parts) {
      own.add((R) part.byName().get(name));
    }
    return decoder.merge(encodings, own);
  }

  @Override
  public Results emptyResult() {
    return ofEach(TaskDecoder::emptyResult);
  }

  private Results ofEach(Function<TaskDecoder<?>, Object> ask) {
    Map<String, Object> results = new LinkedHashMap<>();
    decoders.forEach((name, decoder) -> results.put(name, ask.apply(decoder)));
    return new Results(results);
  }
}
