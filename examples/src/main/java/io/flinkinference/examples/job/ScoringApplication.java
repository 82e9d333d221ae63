package io.flinkinference.examples.job;

import io.flinkinference.connectors.check.KafkaSetupException;
import io.flinkinference.examples.file.Placeholders;
import io.flinkinference.examples.file.YamlFile;
import io.flinkinference.result.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's main class on a cluster: {@code flink run application.jar job.yaml}. The file
 * may be anywhere that Flink's file systems reach, such as {@code s3://bucket/job.yaml}; in
 * application mode, and where the REST interface starts the jar, the JobManager reads it.
 */
public final class ScoringApplication {

  private static final Logger LOG = LoggerFactory.getLogger(ScoringApplication.class);

  /** The target of a program that the JobManager runs: in application mode, and by /jars/ID/run. */
  private static final String IN_THE_JOB_MANAGER = "embedded";

  private ScoringApplication() {}

  /** Submits the job of a file. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      throw new IllegalArgumentException(
          "The application takes one argument, the job's file, such as job.yaml; it was given "
              + arguments.length
              + ".");
    }
    JobSettings job = read(arguments[0]);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    ScoringPipeline pipeline = new ScoringPipeline(job);
    pipeline.build(env);
    askKafka(pipeline, env, env.getConfiguration());
    env.execute(job.name());
  }

  /**
   * Whoever submits a job is told what Kafka lacks for it. In the JobManager an exception here
   * would end a job for good: no restart strategy is about this method, which runs again when a
   * JobManager takes over a job that was running. Source and sinks ask Kafka again, and the restart
   * strategy is about them.
   */
  static void askKafka(
      ScoringPipeline pipeline, StreamExecutionEnvironment env, ReadableConfig configuration) {
    try {
      pipeline.askKafka(env);
    } catch (KafkaSetupException | UnavailableException e) {
      if (!IN_THE_JOB_MANAGER.equals(configuration.get(DeploymentOptions.TARGET))) {
        throw e;
      }
      LOG.warn("The job starts nevertheless; its source and its sinks ask Kafka again.", e);
    }
  }

  /**
   * Reads a job's file, with the environment of this process.
   *
   * @param file a path or a URI
   */
  public static JobSettings read(String file) throws IOException {
    Path path = new Path(file);
    try (InputStream in = path.getFileSystem().open(path)) {
      return JobFile.read(
          file, YamlFile.decode(file, in.readAllBytes()), Placeholders.ofTheProcess());
    }
  }
}
