package io.flinkinference.reliability.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.InferenceTask;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever is killed, stopped or broken: each good record is there once under read_committed, with
 * the result that its text has alone, and each bad one once among the dead letters.
 */
@Tag("chaos")
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class ChaosITCase {

  private static final int SECONDS_PER_ATTACK = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration READ_LIMIT = Duration.ofMinutes(1);

  @Test
  void afterEveryAttackEachRecordIsThereExactlyOnce() throws Exception {
    long seed = ChaosOptions.seed();
    int records = ChaosOptions.records();
    Plan plan = Plan.of(seed, records);
    System.out.println(
        "Chaos: -Dchaos.seed="
            + seed
            + " -Dchaos.records="
            + records
            + ", model "
            + ChaosOptions.model());
    System.out.println(plan.describe());
    // Kept until the next mvn clean: the logs of all processes are there.
    Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chaos-");
    System.out.println("Logs are in " + directory);

    String model =
        ChaosOptions.isTiny()
            ? TinyModel.write(directory.resolve("tiny")).toString()
            : ChaosOptions.model();
    Inputs inputs = new Inputs(seed, records, ChaosOptions.isTiny());
    Ledger ledger = new Ledger(inputs, results(model, inputs.stock()));
    int perSecond = records / ((plan.attacks().size() + 1) * SECONDS_PER_ATTACK);
    try (Stage stage = Stage.open(directory, model);
        Feed feed = new Feed(stage.bootstrapServers(), inputs, perSecond);
        Results results = new Results(stage.bootstrapServers(), ledger)) {
      Attacker attacker = new Attacker(plan, stage, feed, ledger, inputs);
      attacker.run();
      awaitAll(stage, feed, results, ledger, inputs);
      attacker.say("all attacks are over");
      stage.stopWithSavepoint();
      results.readToTheEnd(READ_LIMIT);
      attacker.say("the job has ended, and its topics are read to the end");
    }
    System.out.println("Chaos, seed " + seed + ": " + ledger.summary());
    assertThat(ledger.isInOrder()).as("the account above is in order").isTrue();
  }

  /** Waits until all records came out, or none has for a long time. */
  private static void awaitAll(
      Stage stage, Feed feed, Results results, Ledger ledger, Inputs inputs) throws Exception {
    int count = -1;
    long progress = System.nanoTime();
    while (ledger.count() < inputs.size() && System.nanoTime() - progress < PATIENCE.toNanos()) {
      if (ledger.count() > count) {
        count = ledger.count();
        progress = System.nanoTime();
      }
      stage.check();
      feed.check();
      results.check();
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** The result of each text, without Flink. */
  private static List<String> results(String model, List<String> texts) {
    return ChaosOptions.isTiny()
        ? results(model, Tasks.textClassification(), texts)
        : results(model, Tasks.embedding(), texts);
  }

  private static <R> List<String> results(String model, InferenceTask<R> task, List<String> texts) {
    List<String> results = new ArrayList<>();
    try (TextScorer<R> scorer = TextScorer.open(model, task, ChaosJob.options())) {
      scorer.score(
          texts.iterator(),
          text -> text,
          outcome -> results.add(Fingerprint.of((Object) outcome.result())));
    }
    return results;
  }
}
