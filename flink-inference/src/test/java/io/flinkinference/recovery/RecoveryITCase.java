package io.flinkinference.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.result.Embedding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that end with records in flight, and go on from a savepoint or a checkpoint. */
@Timeout(120)
class RecoveryITCase {

  private static FlinkCluster cluster;
  private static TextScorer<Embedding> scorer;
  private static List<String> expected;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws Exception {
    cluster = FlinkCluster.start();
    // Its lease keeps the model in memory between the jobs.
    scorer = TextScorer.open(ScoringJob.MODEL, Tasks.embedding(), new Configuration());
    expected = ScoringJob.expected(scorer);
  }

  @AfterAll
  static void stop() {
    scorer.close();
    cluster.close();
  }

  @Test
  void twoSubtasksBecomeFiveAndFiveBecomeOne() throws Exception {
    String two = savepointOf(new ScoringJob("two"), 100);
    assertThat(FlinkCluster.inFlight(two)).isPositive();
    ScoringJob wider = new ScoringJob("five").parallelism(5).maxInFlight(20).restoredFrom(two);
    String five = savepointOf(wider, 50);
    assertThat(FlinkCluster.inFlight(five)).isPositive();
    assertEachOnce(new ScoringJob("one").parallelism(1).restoredFrom(five));
  }

  @Test
  void aSmallerCapacityTakesAllThatWasInFlight() throws Exception {
    String many = savepointOf(new ScoringJob("roomy").parallelism(1).maxInFlight(60), 100);
    assertThat(FlinkCluster.inFlight(many)).isGreaterThan(3);
    assertEachOnce(new ScoringJob("narrow").parallelism(1).maxInFlight(3).restoredFrom(many));
  }

  @Test
  void anotherModelScoresWhatWasInFlightAndSaysSo() throws Exception {
    String first = savepointOf(new ScoringJob("fp32"), 100);
    assertThat(FlinkCluster.inFlight(first)).isPositive();
    ScoringJob second = new ScoringJob("int8").model(ScoringJob.MODEL + "-q").restoredFrom(first);
    cluster.await(cluster.submit(second));

    List<String> lines = second.book().lines();
    List<String> byTheFirst = lines.stream().filter(line -> line.contains("| fp32 |")).toList();
    assertThat(expected).containsAll(byTheFirst);
    assertThat(byTheFirst).hasSizeBetween(100, ScoringJob.RECORDS - 1);
    assertThat(lines.stream().filter(line -> line.contains("| int8 |")))
        .hasSize(ScoringJob.RECORDS - byTheFirst.size());
    assertThat(texts(lines)).containsExactlyInAnyOrderElementsOf(texts(expected));
  }

  @Test
  void stopWithDrainEmitsAllThatWasRead() throws Exception {
    ScoringJob drained = new ScoringJob("drained");
    JobID job = cluster.submit(drained);
    drained.book().awaitResults(100);
    String savepoint = cluster.stop(job, true, directory);
    assertThat(FlinkCluster.inFlight(savepoint)).isZero();
    // Drained jobs end as jobs do whose input has ended.
    assertThat(drained.book().lines()).hasSizeGreaterThanOrEqualTo(100).doesNotHaveDuplicates();
    assertEachOnce(new ScoringJob("after the drain").restoredFrom(savepoint));
  }

  @Test
  void aSubtaskThatHasEndedDoesNotStopCheckpoints() throws Exception {
    String one = savepointOf(new ScoringJob("chained").parallelism(1).chained(), 50);
    ScoringJob two = new ScoringJob("half idle").parallelism(2).chained().restoredFrom(one);
    JobID job = cluster.submit(two);
    // The source has one split; the subtask without ends once its restored records are scored.
    cluster.awaitEnded(job, 1);
    assertThat(cluster.checkpoint(job, CheckpointType.FULL)).isNotNull();
    cluster.await(job);
    assertThat(two.book().lines()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void alignedCheckpointsHoldAllRecordsInFlight() throws Exception {
    CompletedCheckpointStats checkpoint = checkpointOf(checkpointed("aligned"));
    assertThat(checkpoint.isUnalignedCheckpoint()).isFalse();
    assertThat(FlinkCluster.inFlight(checkpoint.getExternalPath())).isPositive();
    assertEachOnce(
        checkpointed("aligned, restored")
            .parallelism(3)
            .restoredFrom(checkpoint.getExternalPath()));
  }

  @Test
  void unalignedCheckpointsPassWhatWaitsInTheNetwork() throws Exception {
    ScoringJob first = checkpointed("unaligned");
    first.config().set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    CompletedCheckpointStats checkpoint = checkpointOf(first);
    assertThat(checkpoint.isUnalignedCheckpoint()).isTrue();
    assertThat(checkpoint.getPersistedData()).as("bytes from network buffers").isPositive();
    assertThat(FlinkCluster.inFlight(checkpoint.getExternalPath())).isPositive();

    ScoringJob second =
        checkpointed("unaligned, restored")
            .parallelism(3)
            .restoredFrom(checkpoint.getExternalPath());
    second.config().set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    assertEachOnce(second);
  }

  @Test
  void incrementalCheckpointsHoldAllRecordsInFlight() throws Exception {
    ScoringJob first = incremental("incremental");
    JobID job = cluster.submit(first);
    first.book().awaitResults(50);
    CompletedCheckpointStats full = cluster.checkpoint(job, CheckpointType.FULL);
    first.book().awaitResults(150);
    CompletedCheckpointStats increment = cluster.checkpoint(job, CheckpointType.INCREMENTAL);
    cluster.cancel(job);
    assertThat(increment.getCheckpointId()).isGreaterThan(full.getCheckpointId());
    assertThat(increment.getCheckpointedSize())
        .as("bytes that the increment wrote, of those that it holds")
        .isLessThan(increment.getStateSize());
    assertThat(FlinkCluster.inFlight(increment.getExternalPath())).isPositive();

    assertEachOnce(incremental("incremental, restored").restoredFrom(increment.getExternalPath()));
  }

  @Test
  void replayAfterAFailureGivesTheSameBits() throws Exception {
    ScoringJob failing =
        checkpointed("failing")
            .afterwards(results -> results.map(new FailOnce()).returns(results.getType()));
    failing.config().set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    failing.config().set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    failing
        .config()
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    // Not by hand: the job fails soon after any checkpoint, and could do so before that one.
    failing.config().set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    cluster.await(cluster.submit(failing));
    assertThat(FailOnce.hasFailed()).isTrue();

    ScoringJob undisturbed = checkpointed("undisturbed").parallelism(1);
    cluster.await(cluster.submit(undisturbed));
    assertThat(failing.book().lines())
        .containsExactlyInAnyOrderElementsOf(undisturbed.book().lines())
        .containsExactlyInAnyOrderElementsOf(expected);
    Map<String, List<String>> emitted = FailOnce.linesByText();
    assertThat(emitted.values()).as("replayed").anyMatch(lines -> lines.size() > 1);
    assertThat(emitted.values()).allMatch(lines -> new HashSet<>(lines).size() == 1);
  }

  /** Runs a job until so many results are there, and stops it. */
  private String savepointOf(ScoringJob job, int afterResults) throws Exception {
    JobID id = cluster.submit(job);
    job.book().awaitResults(afterResults);
    return cluster.stop(id, false, directory);
  }

  private ScoringJob checkpointed(String name) {
    ScoringJob job = new ScoringJob(name);
    job.config().set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    return job;
  }

  private ScoringJob incremental(String name) {
    ScoringJob job =
        checkpointed(name)
            .afterwards(
                results ->
                    results
                        .keyBy(scored -> ScoringJob.text(scored.input()))
                        .map(new CountByText())
                        .returns(results.getType()));
    job.config().set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    job.config().set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    return job;
  }

  /** Runs a job to a checkpoint in its middle, and ends it. */
  private static CompletedCheckpointStats checkpointOf(ScoringJob job) throws Exception {
    JobID id = cluster.submit(job);
    job.book().awaitResults(100);
    CompletedCheckpointStats checkpoint = cluster.checkpoint(id, CheckpointType.FULL);
    cluster.cancel(id);
    return checkpoint;
  }

  /** Runs a job to its end. */
  private static void assertEachOnce(ScoringJob job) throws Exception {
    cluster.await(cluster.submit(job));
    assertThat(job.book().lines()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> texts(List<String> lines) {
    return lines.stream().map(ScoringJob::text).toList();
  }
}
