package io.flinkinference.reliability.figures;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineOptions;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.engine.onnx.OnnxEngine;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import java.time.Duration;

/** The model without Flink and without batching: the least that a text can take. */
final class BareEngine implements AutoCloseable {

  private static final int MAX_CHARACTERS = 100_000;
  private static final Duration RUN_LIMIT = Duration.ofMinutes(1);

  private final Watchdog watchdog = new Watchdog(Thread::new);
  private final DjlTokenizer tokenizer;
  private final OnnxEngine engine;

  BareEngine(String id) {
    Model model = ModelRepositories.standard().resolve(id);
    tokenizer =
        DjlTokenizer.open(model.tokenizerFile(), model.config().maxTokens(), MAX_CHARACTERS);
    engine =
        OnnxEngine.open(
            model.onnxFile(),
            new EngineOptions(
                Device.CPU,
                1,
                1,
                model.config().vocabularySize(),
                model.config().padTokenId(),
                RUN_LIMIT),
            watchdog);
  }

  /** Nanoseconds of one engine run of one text; encoding and decoding do not count. */
  long time(String text) {
    TokenBatch batch = TokenBatch.of(tokenizer.encode(TextInput.of(text)));
    long start = System.nanoTime();
    engine.run(batch, outputs -> null);
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    engine.close();
    watchdog.close();
    tokenizer.close();
  }
}
