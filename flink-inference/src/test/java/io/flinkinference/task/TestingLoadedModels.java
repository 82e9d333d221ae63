package io.flinkinference.task;

import io.flinkinference.batch.ShapeRounding;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.model.DenseWeights;
import io.flinkinference.model.GraphFacts;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelConfig;
import io.flinkinference.model.Pooling;
import io.flinkinference.model.ProblemType;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.runtime.WarmUp;
import io.flinkinference.testing.IdleEngine;
import io.flinkinference.testing.TestingThreads;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Tokenizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Loaded models around a given engine. The tokenizer reads token ids that are written out. */
final class TestingLoadedModels {

  /** More of a text are cut off. */
  static final int MAX_TOKENS = 64;

  private TestingLoadedModels() {}

  static LoadedModel classifier(InferenceEngine engine, ProblemType problemType, String... labels) {
    return load(
        new ModelConfig(MAX_TOKENS, 100, 0, List.of(labels), problemType, null, false), engine);
  }

  static LoadedModel embedder(InferenceEngine engine, Pooling pooling, boolean normalized) {
    return load(new ModelConfig(MAX_TOKENS, 128, 0, List.of(), null, pooling, normalized), engine);
  }

  private static LoadedModel load(ModelConfig config, InferenceEngine engine) {
    Path unread = Path.of("unread");
    Model model =
        new Model(
            "testing",
            unread,
            unread,
            "0".repeat(64),
            "0".repeat(64),
            new GraphFacts("fp32", true, 17),
            config);
    EngineExecutor executor = new EngineExecutor(1, TestingThreads::daemon);
    return new LoadedModel(
        model,
        new IdReader(),
        engine,
        executor,
        new Watchdog(TestingThreads::daemon),
        Encoding.of(1),
        new WarmUp(engine, 1, MAX_TOKENS),
        DenseWeights.all(model.config().dense()));
  }

  /** An engine that declares outputs and cannot run. */
  static InferenceEngine declaring(TensorSpec... outputs) {
    return new IdleEngine(outputs);
  }

  /** An engine that takes batches of few shapes only, as providers do that prepare each of them. */
  static InferenceEngine ofFewShapes(InferenceEngine engine) {
    return new FewShapes(engine, ShapeRounding.few(64));
  }

  private record FewShapes(InferenceEngine engine, ShapeRounding rounding)
      implements InferenceEngine {

    @Override
    public <T> T run(TokenBatch batch, OutputReader<T> reader) {
      if (rounding.width(batch.width()) != batch.width()) {
        throw new EngineException(batch + " is not rounded.");
      }
      return engine.run(batch, reader);
    }

    @Override
    public List<TensorSpec> outputs() {
      return engine.outputs();
    }

    @Override
    public Device device() {
      return engine.device();
    }

    @Override
    public int concurrency() {
      return engine.concurrency();
    }

    @Override
    public Duration runLimit() {
      return engine.runLimit();
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  private static final class IdReader implements Tokenizer {

    @Override
    public Encoding encode(TextInput input) {
      String[] ids = input.text().split(" ", -1);
      int[] parsed = new int[Math.min(ids.length, MAX_TOKENS)];
      for (int i = 0; i < parsed.length; i++) {
        parsed[i] = Integer.parseInt(ids[i]);
      }
      return new Encoding(parsed, null, parsed.length < ids.length);
    }

    @Override
    public void close() {}
  }
}
