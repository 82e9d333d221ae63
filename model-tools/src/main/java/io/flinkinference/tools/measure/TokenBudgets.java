package io.flinkinference.tools.measure;

import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineOptions;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.engine.onnx.OnnxEngine;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelConfig;
import io.flinkinference.runtime.WarmUp;
import io.flinkinference.tools.texts.TextEncoder;
import java.time.Duration;

/** The token budget with which the operator's engine does most on this machine. */
public final class TokenBudgets {

  /** Number of budgets that are tried at most, each twice the one before. */
  public static final int COUNT = 5;

  private static final int LEAST = 256;
  private static final Duration RUN_LIMIT = Duration.ofMinutes(1);

  private TokenBudgets() {}

  /**
   * Measures it as the operator's warm-up does, with one run at once a processor.
   *
   * @param done called with each budget that is tried, or need not be
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public static int best(Model model, Device device, Runnable done) throws InterruptedException {
    ModelConfig config = model.config();
    EngineOptions options =
        new EngineOptions(
            device,
            Runtime.getRuntime().availableProcessors(),
            1,
            config.vocabularySize(),
            config.padTokenId(),
            RUN_LIMIT,
            config.layout().padLeft(),
            config.layout().firstPosition());
    try (Watchdog watchdog = new Watchdog(TokenBudgets::thread);
        InferenceEngine engine = OnnxEngine.open(model.onnxFile(), options, watchdog)) {
      WarmUp warmUp = new WarmUp(engine, TextEncoder.endOf(model), config.maxTokens());
      WarmUp.Measured measured = null;
      // It goes on where it was, and ends by itself where a larger budget does hardly more.
      for (int i = 0; i < COUNT; i++) {
        measured = warmUp.run(LEAST << i, true);
        done.run();
      }
      return measured.bestBudget();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "token-budget-watchdog");
    thread.setDaemon(true);
    return thread;
  }
}
