package io.flinkinference.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM, on loopback, with the answers of its web interface. */
final class JobCluster implements AutoCloseable {

  private static final int OK = 200;

  private final MiniCluster cluster;
  private final HttpClient http = HttpClient.newHttpClient();

  private JobCluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  static JobCluster start() throws Exception {
    Configuration config = new Configuration();
    config.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(config)
                .withRandomPorts()
                .setNumSlotsPerTaskManager(2)
                .build());
    cluster.start();
    return new JobCluster(cluster);
  }

  JobID submit(StreamExecutionEnvironment env) throws Exception {
    return cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
  }

  JobResult result(JobID job) throws Exception {
    return cluster.requestJobResult(job).get();
  }

  /** What the web interface shows of a job and of the cluster, by path. */
  Map<String, String> web(JobID job) throws Exception {
    Map<String, String> answers = new LinkedHashMap<>();
    for (String path :
        List.of(
            "/jobs/overview",
            "/jobs/" + job,
            "/jobs/" + job + "/config",
            "/jobs/" + job + "/plan",
            "/jobs/" + job + "/exceptions",
            "/jobs/" + job + "/checkpoints",
            "/jobs/" + job + "/checkpoints/config",
            "/jobs/" + job + "/accumulators",
            "/jobs/" + job + "/metrics",
            "/jobs/" + job + "/jobmanager/config",
            "/jobmanager/config",
            "/taskmanagers")) {
      answers.put(path, get(path));
    }
    return answers;
  }

  /** What the web interface shows of a job's failures. */
  String failures(JobID job) throws Exception {
    return get("/jobs/" + job + "/exceptions");
  }

  /** Ends a job with a savepoint, and returns where that is. */
  String stop(JobID job, Path savepoints) throws Exception {
    String savepoint =
        cluster
            .stopWithSavepoint(
                job, savepoints.toUri().toString(), false, SavepointFormatType.CANONICAL)
            .get();
    result(job);
    return savepoint;
  }

  void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get();
    result(job);
  }

  private String get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + cluster.getRestAddress().join().getPort() + path);
    var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(OK);
    return answer.body();
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }
}
