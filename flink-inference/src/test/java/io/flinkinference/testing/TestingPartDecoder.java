package io.flinkinference.testing;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.task.PartDecoder;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.task.WindowMerge;
import io.flinkinference.text.Window;
import java.util.List;

/** Joins the results of windows by ~, and those of inputs by +. */
public class TestingPartDecoder implements TaskDecoder<String>, PartDecoder<String, String> {

  @Override
  public String decode(TokenBatch batch, int row, Outputs outputs) {
    return TestingModel.DECODER.decode(batch, row, outputs);
  }

  @Override
  public String decodePart(TokenBatch batch, int row, Outputs outputs) {
    return decode(batch, row, outputs);
  }

  @Override
  public String mergeWindows(List<Window> windows, List<String> parts) {
    return String.join("~", parts);
  }

  @Override
  public String finish(List<String> inputs) {
    return String.join("+", inputs);
  }

  @Override
  public PartDecoder<String, String> parts() {
    return this;
  }

  @Override
  public TaskDecoder<String> merging(WindowMerge merge) {
    return this;
  }
}
