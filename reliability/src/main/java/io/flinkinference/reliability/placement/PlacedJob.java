package io.flinkinference.reliability.placement;

import io.flinkinference.InferenceOptions;
import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.placement.Placement;
import io.flinkinference.result.Classification;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A few texts a second, scored without end.
 *
 * @param model a directory with a classification model
 * @param placement of the whole job
 */
public record PlacedJob(String model, Placement placement) {

  /** Name of the operator of the inference. */
  public static final String INFERENCE = "inference";

  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Adds source, inference and sinks to an environment, and places them. */
  public void define(StreamExecutionEnvironment env) {
    DataStream<String> texts = env.fromSequence(0, Long.MAX_VALUE).map(PlacedJob::text);
    ScoredStream<String, Classification> scored =
        TextInference.on(texts)
            .text(text -> text)
            .model(model)
            .option(InferenceOptions.DEVICE, "cpu") // In the place of a GPU.
            .option(InferenceOptions.WARM_UP, false)
            .placement(placement)
            .name(INFERENCE)
            .task(Tasks.textClassification())
            .build();
    scored.results().sinkTo(new DiscardingSink<>()).name("results");
    scored.deadLetters().sinkTo(new DiscardingSink<>()).name("dead letters");
    placement.applyTo(env);
  }

  private static String text(long number) {
    LockSupport.parkNanos(PAUSE.toNanos());
    return Long.toString(number, Character.MAX_RADIX).replaceAll("\\d", "x");
  }
}
