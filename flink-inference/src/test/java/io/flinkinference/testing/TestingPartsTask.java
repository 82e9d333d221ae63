package io.flinkinference.testing;

import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.task.InputForm;
import io.flinkinference.task.Task;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.text.TextInput;
import java.util.ArrayList;
import java.util.List;

/** A task whose result is that of each input, or of each window of one, one after the other. */
public record TestingPartsTask(InputForm form) implements Task<String> {

  /**
   * Makes three inputs of a text: it with a, b and c behind it. The second of a text with a {@code
   * p} fails the engine.
   */
  public static final InputForm THREE_INPUTS = new Suffixes();

  private static final long serialVersionUID = 1L;
  private static final int COUNT = 3;

  private static List<String> inputs(String text) {
    String second = text.contains("p") ? Character.toString(TestingEngine.POISON) : "b";
    return List.of(text + "a", text + second, text + "c");
  }

  private static List<String> windows(String text, int overlap) {
    List<String> windows = new ArrayList<>();
    for (int from = 0; ; from += TestingModel.WINDOW - overlap) {
      int to = Math.min(text.length(), from + TestingModel.WINDOW);
      windows.add(text.substring(from, to));
      if (to == text.length()) {
        return windows;
      }
    }
  }

  /** The result of a text as three inputs. */
  public static String expectedOfInputs(String text) {
    return String.join("+", inputs(text).stream().map(TestingModel::expected).toList());
  }

  /** The result of a text in windows. */
  public static String expectedOfWindows(String text, int overlap) {
    return String.join("~", windows(text, overlap).stream().map(TestingModel::expected).toList());
  }

  @Override
  public TaskDecoder<String> open(LoadedModel model) {
    return new TestingPartDecoder();
  }

  private record Suffixes() implements InputForm {

    private static final long serialVersionUID = 1L;

    @Override
    public int count() {
      return COUNT;
    }

    @Override
    public TextInput input(TextInput record, int index) {
      return TextInput.of(inputs(record.text()).get(index));
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
}
