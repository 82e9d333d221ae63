package io.flinkinference.connectors;

import io.flinkinference.connectors.client.KafkaSecurity;
import io.flinkinference.result.Classification;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job from topic to topics, all of which a test may change before it is built. */
final class ScoringJob {

  final KafkaTexts texts;
  final ScoredTexts<Classification> scored;
  final DeadLetters dead;

  ScoringJob(KafkaTexts texts, String servers, String prefix) {
    this.texts = texts.groupId("scoring");
    this.scored = ScoredTexts.classifications(servers, "scored").exactlyOnce(prefix);
    this.dead = DeadLetters.sink(servers, "dead-letters").exactlyOnce(prefix);
  }

  ScoringJob security(KafkaSecurity security) {
    texts.security(security);
    scored.security(security);
    dead.security(security);
    return this;
  }

  /** An environment in which a failure is final. */
  static StreamExecutionEnvironment environment() {
    return environment("none");
  }

  /** An environment in which a job that failed starts again at once, as often as need be. */
  static StreamExecutionEnvironment stubborn() {
    return environment("fixed-delay");
  }

  private static StreamExecutionEnvironment environment(String restart) {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    config.set(RestartStrategyOptions.RESTART_STRATEGY, restart);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    return StreamExecutionEnvironment.getExecutionEnvironment(config).setParallelism(1);
  }

  void build(StreamExecutionEnvironment env) {
    var results =
        env.fromSource(texts.build(), WatermarkStrategy.noWatermarks(), "texts")
            .process(new MadeUpScores(Long.MAX_VALUE))
            .returns(MadeUpScores.TYPE);
    results.sinkTo(scored.build()).name("scored");
    results.getSideOutput(MadeUpScores.DEAD_LETTERS).sinkTo(dead.build()).name("dead-letters");
  }
}
