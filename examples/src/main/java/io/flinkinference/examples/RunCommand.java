package io.flinkinference.examples;

import io.flinkinference.examples.job.Explanation;
import io.flinkinference.examples.job.JobFile;
import io.flinkinference.examples.job.JobSettings;
import io.flinkinference.examples.job.LocalRun;
import io.flinkinference.examples.job.ScoringApplication;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: a scoring job from a file, without code. */
@Command(
    name = "run",
    description = {
      "Runs a scoring job from a YAML file on a Flink cluster in this process. docs/job.md shows"
          + " how to write one.",
      "",
      "The job runs until Ctrl-C, or until it has read all there was where source.bounded is true."
          + " The next run of a job of the same name goes on where Ctrl-C, or a failure, ended it."
          + " A job that has read all there was leaves no state: the next run begins where"
          + " source.start says, which is behind it with committed.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The job has ended as it should; with --explain, the file is right.",
      "1:The job failed, or the file is wrong.",
      "2:The command line is wrong."
    })
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "The job, such as job.yaml.")
  private String file;

  @Option(
      names = "--explain",
      description = "Only check the file, and show every setting and the operators of the job.")
  private boolean explain;

  @Option(
      names = "--fresh",
      description = {
        "Forget the state that earlier runs of the job have left: it begins",
        "where source.start says. With committed, records that were in flight",
        "are lost."
      })
  private boolean fresh;

  @Option(
      names = "--json-schema",
      description = "Only write the JSON Schema of such files, for editors.")
  private boolean jsonSchema;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (jsonSchema) {
      out.print(JobFile.jsonSchema());
      out.flush();
      return CommandLine.ExitCode.OK;
    }
    JobSettings job = read();
    if (explain) {
      out.print(Explanation.of(job));
      out.flush();
      return CommandLine.ExitCode.OK;
    }
    return run(job, out);
  }

  private JobSettings read() throws IOException {
    if (file == null) {
      throw new ParameterException(spec.commandLine(), "Name the FILE of the job.");
    }
    try {
      return ScoringApplication.read(file);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private int run(JobSettings job, PrintWriter out) throws Exception {
    LocalRun local = new LocalRun(job, out);
    Path work = Files.createTempDirectory("flink-inference-run-");
    OrderlyEnd end = OrderlyEnd.ofThisThread();
    try {
      local.run(work, fresh);
      return CommandLine.ExitCode.OK;
    } finally {
      // Flink deletes files of its own at the same time when the process is ended by a signal.
      FileUtils.deleteDirectoryQuietly(work.toFile());
      end.cleanedUp();
    }
  }
}
