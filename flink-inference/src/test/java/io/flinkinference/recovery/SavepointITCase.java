package io.flinkinference.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.result.Embedding;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are stopped with records in flight, and go on as other jobs. */
@Timeout(120)
class SavepointITCase {

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

  private String savepointOf(ScoringJob job, int afterResults) throws Exception {
    JobID id = cluster.submit(job);
    job.book().awaitResults(afterResults);
    return cluster.stop(id, false, directory);
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
