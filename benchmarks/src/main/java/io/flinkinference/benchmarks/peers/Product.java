package io.flinkinference.benchmarks.peers;

import io.flinkinference.InferenceOptions;
import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.benchmarks.flink.Inference;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.peers.job.NumberedText;
import io.flinkinference.benchmarks.peers.job.NumberedVector;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.Embedding;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The project itself, through its public API. */
public final class Product {

  /** As tables call it. */
  public static final String NAME = "flink-inference";

  private Product() {}

  /** The project as a side, as the settings want it. */
  public static Peer of(BenchmarkSettings settings) {
    Configuration options = options(settings);
    return new Peer(
        NAME,
        "TextInference with %s, but no prompt before a text; results leave as they come"
            .formatted(
                settings.fuse() ? "inference.model.fuse, else its defaults" : "its defaults"),
        (subtasks, coresEach) -> texts -> score(texts, settings.ownModel(), options));
  }

  static Configuration options(BenchmarkSettings settings) {
    Configuration options = Inference.withoutPrompt();
    options.set(InferenceOptions.MODEL_FUSE, settings.fuse());
    return options;
  }

  private static DataStream<NumberedVector> score(
      DataStream<NumberedText> texts, String model, Configuration options) {
    ScoredStream<NumberedText, Embedding> scored =
        TextInference.on(texts)
            .text(NumberedText::text)
            .model(model)
            .options(options)
            .task(Tasks.embedding())
            .build();
    scored.deadLetters().map(Product::refuse).sinkTo(new DiscardingSink<>());
    return scored
        .results()
        .map(
            result -> new NumberedVector(result.input().number(), result.result().values()),
            TypeInformation.of(NumberedVector.class));
  }

  private static long refuse(DeadLetter<NumberedText> letter) {
    throw new IllegalStateException(
        "Text " + letter.input().number() + " was not scored: " + letter.message());
  }
}
