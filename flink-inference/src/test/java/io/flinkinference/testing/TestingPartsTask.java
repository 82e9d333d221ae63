package io.flinkinference.testing;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Outputs;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.task.InputForm;
import io.flinkinference.task.PartDecoder;
import io.flinkinference.task.Task;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.task.WindowMerge;
import io.flinkinference.text.TextInput;
import io.flinkinference.text.Window;
import java.util.List;

/**
 * A task that makes three inputs of a text: it with a, b and c behind it. The second of a text with
 * a {@code p} fails the engine.
 */
public record TestingPartsTask() implements Task<String> {

  private static final long serialVersionUID = 1L;
  private static final int COUNT = 3;

  /** The inputs of a text. */
  public static List<String> parts(String text) {
    String second = text.contains("p") ? Character.toString(TestingEngine.POISON) : "b";
    return List.of(text + "a", text + second, text + "c");
  }

  /** The result of a text. */
  public static String expected(String text) {
    return String.join("+", parts(text).stream().map(TestingModel::expected).toList());
  }

  @Override
  public InputForm form() {
    return new Suffixes();
  }

  @Override
  public TaskDecoder<String> open(LoadedModel model) {
    return new Joining();
  }

  private record Suffixes() implements InputForm {

    private static final long serialVersionUID = 1L;

    @Override
    public int count() {
      return COUNT;
    }

    @Override
    public TextInput input(TextInput record, int index) {
      return TextInput.of(parts(record.text()).get(index));
    }

    @Override
    public boolean textStandsSecond() {
      return false;
    }

    @Override
    public boolean needsPair() {
      return false;
    }

    @Override
    public void check(boolean hasPair) {}
  }

  private static final class Joining implements TaskDecoder<String>, PartDecoder<String, String> {

    @Override
    public String decode(TokenBatch batch, int row, Outputs outputs) {
      throw new AssertionError("This is only a part.");
    }

    @Override
    public String decodePart(TokenBatch batch, int row, Outputs outputs) {
      return TestingModel.DECODER.decode(batch, row, outputs);
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
}
