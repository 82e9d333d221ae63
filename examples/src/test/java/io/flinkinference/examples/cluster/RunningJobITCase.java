package io.flinkinference.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class RunningJobITCase {

  @TempDir Path directory;

  @Test
  void jobThatFailsSaysWhy() throws Exception {
    try (LocalFlink flink = LocalFlink.start(1, directory)) {
      RunningJob job = RunningJob.submit(job(Long.MAX_VALUE, "the model is gone"), flink.cluster());
      assertThatThrownBy(() -> waitForTheEnd(job))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("The Flink job ended before its work was done")
          .hasMessageContaining("the model is gone");
    }
  }

  @Test
  void jobRunsUntilItIsCancelled() throws Exception {
    try (LocalFlink flink = LocalFlink.start(1, directory)) {
      assertThat(flink.webUi().getHost()).isEqualTo("127.0.0.1");
      RunningJob job = RunningJob.submit(job(Long.MAX_VALUE, null), flink.cluster());
      job.awaitRunning();
      job.requireRunning();
      job.cancel();
      assertThatThrownBy(job::requireRunning).hasMessageContaining("CANCELED");
    }
  }

  /** Its reader is told so, and does not take it for a failure. */
  @Test
  void jobThatHasReadAllTakesNoSavepoint() throws Exception {
    try (LocalFlink flink = LocalFlink.start(1, directory)) {
      RunningJob job = RunningJob.submit(job(9, null), flink.cluster());
      job.awaitEnd();
      assertThat(job.stop(directory.toUri().toString())).isEmpty();
    }
  }

  private static void waitForTheEnd(RunningJob job) throws Exception {
    while (true) {
      job.requireRunning();
      Thread.onSpinWait();
    }
  }

  private static JobGraph job(long last, String failure) {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    env.fromSequence(0, last)
        .map(
            number -> {
              if (failure != null) {
                throw new IllegalStateException(failure);
              }
              return number;
            })
        .returns(Long.class)
        .sinkTo(new DiscardingSink<>());
    return env.getStreamGraph().getJobGraph();
  }
}
