package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.result.Results;
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
  public PartDecoder<List<Object>, Results> parts() {
    Map<String, PartDecoder<?, ?>> parts = new LinkedHashMap<>();
    decoders.forEach((name, decoder) -> parts.put(name, decoder.parts()));
    return new SeveralParts(parts);
  }

  @Override
  public TaskDecoder<Results> merging(WindowMerge merge) {
    Map<String, TaskDecoder<?>> merging = new LinkedHashMap<>();
    decoders.forEach((name, decoder) -> merging.put(name, decoder.merging(merge)));
    return new SeveralDecoder(merging);
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
