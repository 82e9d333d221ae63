package io.flinkinference.testing;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.model.GraphFacts;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelConfig;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.runtime.WarmUp;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Kept;
import io.flinkinference.tokenize.TokenizationException;
import io.flinkinference.tokenize.Tokenizer;
import io.flinkinference.tokenize.WholeText;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * A loaded model around a {@link TestingEngine}; each character of a text is a token; a pair is
 * joined by |.
 */
public final class TestingModel {

  /** Reads the engine's number of a row as text. */
  public static final TaskDecoder<String> DECODER =
      new TaskDecoder<>() {
        @Override
        public String decode(TokenBatch batch, int row, Outputs outputs) {
          float value = outputs.get("sum").data().get(row);
          if (Float.isNaN(value)) {
            throw new UnscorableException(DeadLetterReason.INVALID_OUTPUT, "not a number");
          }
          return Float.toString(value);
        }

        @Override
        public String emptyResult() {
          return EMPTY_RESULT;
        }
      };

  /** Most tokens where texts are cut into windows. */
  public static final int WINDOW = 8;

  /** The result for no text. */
  public static final String EMPTY_RESULT = "nothing";

  private static Model model(GraphFacts graph) {
    return new Model(
        "testing",
        Path.of("model.onnx"),
        Path.of("tokenizer.json"),
        "0".repeat(64),
        "0".repeat(64),
        graph,
        new ModelConfig(512, 65_536, 0, List.of(), null, null, false));
  }

  private TestingModel() {}

  /** A model whose rows do not affect each other. */
  public static LoadedModel around(InferenceEngine engine) {
    return around(engine, new GraphFacts("fp32", true, 17));
  }

  /** A model whose rows may affect those beside them. */
  public static LoadedModel varying(InferenceEngine engine) {
    return around(engine, new GraphFacts("int8", false, 17));
  }

  private static LoadedModel around(InferenceEngine engine, GraphFacts graph) {
    ThreadFactory threads =
        work -> {
          Thread thread = new Thread(work, "testing-engine");
          thread.setDaemon(true);
          return thread;
        };
    return new LoadedModel(
        model(graph),
        new CharacterTokenizer(),
        engine,
        new EngineExecutor(engine.concurrency(), threads),
        new Watchdog(threads),
        Encoding.of('a'),
        new WarmUp(engine, 'a', 512),
        List.of());
  }

  /** The result that the decoder gives for a text. */
  public static String expected(String text) {
    return Float.toString(TestingEngine.expected(text));
  }

  private static final class CharacterTokenizer implements Tokenizer {
    @Override
    public Encoding encode(TextInput input) {
      return Encoding.of(ids(input));
    }

    private static int[] ids(TextInput input) {
      String text = input.pair() == null ? input.text() : input.text() + "|" + input.pair();
      if (text.contains("?")) {
        throw new TokenizationException("It asks a question.", null);
      }
      return text.isEmpty() ? new int[] {0} : text.chars().toArray();
    }

    @Override
    public WholeText encodeWhole(TextInput input, Kept kept, boolean spans) {
      int[] ids = ids(input);
      return WholeText.of(ids, null, null, WINDOW, false, 0, ids.length);
    }

    @Override
    public void close() {}
  }
}
