package io.flinkinference.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.InferenceOptions;
import io.flinkinference.ScoredStream;
import io.flinkinference.Tasks;
import io.flinkinference.TextInference;
import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.result.Classification;
import io.flinkinference.runtime.ModelLeases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model that fails on some texts, gives no number for some, and never comes to an end with some:
 * four subtasks share it, checkpoints go on, and each record is where it belongs.
 */
@Timeout(180)
class TroubledModelITCase {

  private static final int RECORDS = 3_000;
  private static final int ENDLESS = 3;
  private static final int PARALLELISM = 4;

  @TempDir Path directory;

  private String model;
  private Random random;

  @BeforeEach
  void writeModel() throws Exception {
    model = TestingModels.directory(TestingModels.TROUBLED, directory).toString();
    random = new Random(21);
  }

  @Test
  void eachBadTextIsADeadLetterWithItsReasonAndAllOthersAreScored() throws Exception {
    List<String> texts = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String rest = " " + words() + "#" + i;
      if (i % 10 != 3) {
        add(texts, expected, "t20" + rest, "scored");
        continue;
      }
      switch (i / 10 % 4) {
        case 0 -> add(texts, expected, "t" + TestingModels.ID_THAT_FAILS + rest, "ENGINE_FAILURE");
        case 1 -> add(texts, expected, "t" + TestingModels.ID_THAT_IS_NAN + rest, "INVALID_OUTPUT");
        case 2 -> add(texts, expected, "   #" + i, "BLANK_TEXT");
        default -> add(texts, expected, "t" + TestingModels.ID_THAT_IS_SLOW + rest, "scored");
      }
    }
    for (int i = 0; i < ENDLESS; i++) {
      int at = (i + 1) * RECORDS / (ENDLESS + 1);
      String text = "t" + TestingModels.ID_THAT_IS_ENDLESS + " " + words() + "#e" + i;
      texts.add(at, text);
      expected.add("ENGINE_TIMEOUT " + text);
    }

    assertThat(run(texts, 64)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(ModelLeases.SHARED.size()).as("models left in memory").isZero();
  }

  @Test
  void aModelThatFailsOnEveryTextFailsTheJob() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      texts.add("t" + TestingModels.ID_THAT_FAILS + " " + words() + "#" + i);
    }
    assertThatThrownBy(() -> run(texts, 8)).hasStackTraceContaining("8 records in a row");
    assertThat(ModelLeases.SHARED.size()).as("models left in memory").isZero();
  }

  private static void add(List<String> texts, List<String> expected, String text, String outcome) {
    texts.add(text);
    expected.add(outcome + " " + text);
  }

  private String words() {
    StringBuilder words = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      words.append("t").append(30 + random.nextInt(60)).append(' ');
    }
    return words.toString();
  }

  /** What became of each record: "scored" or the reason of the dead letter, and the record. */
  @SuppressWarnings("try") // Closing may be interrupted, and then the test is.
  private List<String> run(List<String> texts, int maxConsecutiveFailures) throws Exception {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    // A run that never ends must not hold one up: one that fails fails the job.
    config.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(1));
    config.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 0);
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, config);
    ScoredStream<String, Classification> scored =
        TextInference.on(env.fromData(texts).rebalance())
            .text(record -> record.substring(0, record.indexOf('#')))
            .model(model)
            .option(InferenceOptions.MAX_RECORDS_IN_FLIGHT, 40)
            .option(InferenceOptions.TIME_LIMIT, Duration.ofSeconds(9))
            .option(InferenceOptions.MAX_CONSECUTIVE_FAILURES, maxConsecutiveFailures)
            .task(Tasks.textClassification())
            .build();
    List<String> outcomes = new ArrayList<>();
    try (CloseableIterator<String> all =
        scored
            .results()
            .map(result -> "scored " + result.input())
            .returns(Types.STRING)
            .union(
                scored
                    .deadLetters()
                    .map(letter -> letter.reason() + " " + letter.input())
                    .returns(Types.STRING))
            .executeAndCollect()) {
      all.forEachRemaining(outcomes::add);
    }
    return outcomes;
  }
}
