package io.flinkinference.benchmarks.operator;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.model.GraphFacts;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelConfig;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.runtime.ModelLease;
import io.flinkinference.runtime.ModelOpener;
import io.flinkinference.runtime.WarmUp;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Tokenizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens a model whose tokenizer and engine take no time: what is left is the operator. */
final class NullModel implements ModelOpener {

  private static final long serialVersionUID = 1L;

  private static final int MAX_TOKENS = 512;
  private static final Path NO_FILE = Path.of("none");

  private final int[] lengths;

  /**
   * @param lengths of the texts, in their order, from the first again after the last
   */
  NullModel(int... lengths) {
    this.lengths = lengths.clone();
  }

  @Override
  public ModelLease open() {
    int concurrency = Runtime.getRuntime().availableProcessors();
    InferenceEngine engine = new NullEngine(concurrency);
    LoadedModel model =
        new LoadedModel(
            new Model(
                "null",
                NO_FILE,
                NO_FILE,
                "0".repeat(64),
                "0".repeat(64),
                new GraphFacts("fp32", true, 17),
                new ModelConfig(MAX_TOKENS, Integer.MAX_VALUE, 0, List.of(), null, null, false)),
            new NullTokenizer(lengths),
            engine,
            new EngineExecutor(concurrency, threads("null-engine")),
            new Watchdog(threads("null-watchdog")),
            Encoding.of(0),
            new WarmUp(engine, 0, MAX_TOKENS),
            List.of());
    return new ModelLease(model, model::close);
  }

  private static ThreadFactory threads(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Numbers the texts: no two have equal tokens, or one would do for all. */
  private static final class NullTokenizer implements Tokenizer {

    private final int[] lengths;
    private final AtomicInteger texts = new AtomicInteger();

    NullTokenizer(int[] lengths) {
      this.lengths = lengths;
    }

    @Override
    public Encoding encode(TextInput input) {
      int number = texts.getAndIncrement();
      int[] ids = new int[lengths[number % lengths.length]];
      ids[0] = number;
      return Encoding.of(ids);
    }

    @Override
    public void close() {}
  }

  private record NullEngine(int concurrency) implements InferenceEngine {

    private static final Outputs NOTHING = new Outputs(Map.of());

    @Override
    public <T> T run(TokenBatch batch, OutputReader<T> reader) {
      return reader.read(NOTHING);
    }

    @Override
    public List<TensorSpec> outputs() {
      return List.of();
    }

    @Override
    public Device device() {
      return Device.CPU;
    }

    @Override
    public Duration runLimit() {
      return Duration.ofMinutes(1);
    }

    @Override
    public void close() {}
  }
}
