package io.flinkinference.examples.job;

import io.flinkinference.examples.file.Placeholders;
import io.flinkinference.examples.file.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The application's main class on a cluster: {@code flink run application.jar job.yaml}. The file
 * may be anywhere that Flink's file systems reach, such as {@code s3://bucket/job.yaml}; in
 * application mode, and where the REST interface starts the jar, the JobManager reads it.
 */
public final class ScoringApplication {

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
    pipeline.check(env);
    env.execute(job.name());
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
