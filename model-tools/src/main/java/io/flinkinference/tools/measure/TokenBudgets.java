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

  private static final int MOST = 4_096;
  private static final Duration RUN_LIMIT = Duration.ofMinutes(1);

  private TokenBudgets() {}

  /**
   * Measures it as the operator's warm-up does, with one run at once a processor.
   *
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public static int best(Model model, Device device) throws InterruptedException {
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
      return new WarmUp(engine, TextEncoder.endOf(model), config.maxTokens())
          .run(MOST, true)
          .bestBudget();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "token-budget-watchdog");
    thread.setDaemon(true);
    return thread;
  }
}
