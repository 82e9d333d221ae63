package io.flinkinference.benchmarks.peers;

import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.benchmarks.peers.job.NumberedText;
import io.flinkinference.benchmarks.peers.job.NumberedVector;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.Embedding;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The project itself, through its public API and with its defaults. */
public final class Product {

  /** As tables call it. */
  public static final String NAME = "flink-inference";

  private Product() {}

  /**
   * The project as a side.
   *
   * @param model name or directory
   */
  public static Peer of(String model) {
    return new Peer(
        NAME,
        "TextInference with its defaults; results leave as they come",
        (subtasks, coresEach) -> texts -> score(texts, model));
  }

  private static DataStream<NumberedVector> score(DataStream<NumberedText> texts, String model) {
    ScoredStream<NumberedText, Embedding> scored =
        TextInference.on(texts)
            .text(NumberedText::text)
            .model(model)
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
