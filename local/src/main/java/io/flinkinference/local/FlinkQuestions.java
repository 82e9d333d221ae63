package io.flinkinference.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.rest.messages.ClusterConfigurationInfoHeaders;
import org.apache.flink.runtime.rest.messages.ConfigurationInfoEntry;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.JobVertexDetailsHeaders;
import org.apache.flink.runtime.rest.messages.JobVertexMessageParameters;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.SubtaskExecutionAttemptDetailsInfo;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagersHeaders;

/**
 * What is asked of a JobManager that may be dead, or not know the job yet: then nothing is told.
 */
record FlinkQuestions(RestClusterClient<String> client) {

  private static final long ANSWER_SECONDS = 5;

  /** The ids of the TaskManagers that it knows; nothing if it does not answer. */
  Optional<List<String>> taskManagers() throws InterruptedException {
    return answer(
            client.sendRequest(
                TaskManagersHeaders.getInstance(),
                EmptyMessageParameters.getInstance(),
                EmptyRequestBody.getInstance()))
        .map(
            all ->
                all.getTaskManagerInfos().stream()
                    .map(info -> info.getResourceId().toString())
                    .toList());
  }

  /** Whether it is the one whose temporary files are there, and not somebody else's. */
  boolean isIn(Path home) throws InterruptedException {
    return answer(
            client.sendRequest(
                ClusterConfigurationInfoHeaders.getInstance(),
                EmptyMessageParameters.getInstance(),
                EmptyRequestBody.getInstance()))
        .filter(
            config ->
                config.contains(
                    new ConfigurationInfoEntry(CoreOptions.TMP_DIRS.key(), home.toString())))
        .isPresent();
  }

  /** Whether the job is known to have ended. */
  boolean hasEnded(JobID job) throws InterruptedException {
    return answer(client.getJobStatus(job)).filter(JobStatus::isTerminalState).isPresent();
  }

  /** When the last checkpoint that is complete began, in epoch milliseconds; 0 if none is known. */
  long lastCheckpoint(JobID job) throws InterruptedException {
    CheckpointingStatisticsHeaders headers = CheckpointingStatisticsHeaders.getInstance();
    JobMessageParameters parameters = headers.getUnresolvedMessageParameters();
    parameters.jobPathParameter.resolve(job);
    return answer(client.sendRequest(headers, parameters, EmptyRequestBody.getInstance()))
        .map(all -> all.getLatestCheckpoints().getCompletedCheckpointStatistics())
        .map(CheckpointStatistics::getTriggerTimestamp)
        .orElse(0L);
  }

  /** The id of each task's TaskManager, by the name of its vertex; empty if it does not answer. */
  Map<String, List<String>> taskManagersOf(JobID job) throws InterruptedException {
    Optional<JobDetailsInfo> details = answer(client.getJobDetails(job));
    Map<String, List<String>> ids = new LinkedHashMap<>();
    if (details.isPresent()) {
      for (var vertex : details.get().getJobVertexInfos()) {
        JobVertexDetailsHeaders headers = JobVertexDetailsHeaders.getInstance();
        JobVertexMessageParameters parameters = headers.getUnresolvedMessageParameters();
        parameters.jobPathParameter.resolve(job);
        parameters.jobVertexIdPathParameter.resolve(vertex.getJobVertexID());
        answer(client.sendRequest(headers, parameters, EmptyRequestBody.getInstance()))
            .ifPresent(
                answer ->
                    ids.put(
                        vertex.getName(),
                        answer.getSubtasks().stream()
                            .map(SubtaskExecutionAttemptDetailsInfo::getTaskmanagerId)
                            .toList()));
      }
    }
    return ids;
  }

  private static <T> Optional<T> answer(CompletableFuture<T> request) throws InterruptedException {
    try {
      return Optional.of(request.get(ANSWER_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }
}
