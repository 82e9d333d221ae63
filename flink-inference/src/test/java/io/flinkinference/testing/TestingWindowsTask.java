package io.flinkinference.testing;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.task.PartDecoder;
import io.flinkinference.task.Task;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.task.WindowMerge;
import io.flinkinference.text.Window;
import java.util.ArrayList;
import java.util.List;

/** A task whose result for a text in windows is that of each, one after the other. */
public record TestingWindowsTask() implements Task<String> {

  private static final long serialVersionUID = 1L;

  /** The result of a text in windows. */
  public static String expected(String text, int overlap) {
    return String.join("~", windows(text, overlap).stream().map(TestingModel::expected).toList());
  }

  /** The windows of a text. */
  public static List<String> windows(String text, int overlap) {
    List<String> windows = new ArrayList<>();
    for (int from = 0; ; from += TestingModel.WINDOW - overlap) {
      int to = Math.min(text.length(), from + TestingModel.WINDOW);
      windows.add(text.substring(from, to));
      if (to == text.length()) {
        return windows;
      }
    }
  }

  @Override
  public TaskDecoder<String> open(LoadedModel model) {
    return new Joining();
  }

  private static final class Joining implements TaskDecoder<String>, PartDecoder<String, String> {

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
      return inputs.get(0);
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
}
