package io.flinkinference.examples.demo;

import io.flinkinference.examples.cluster.RunningJob;
import io.flinkinference.examples.figures.Setup;
import io.flinkinference.examples.figures.Summary;
import io.flinkinference.examples.screen.HeaderView;
import io.flinkinference.examples.screen.SampleTable;
import io.flinkinference.examples.screen.SummaryView;
import io.flinkinference.examples.screen.Terminal;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.runtime.jobgraph.JobGraph;

/**
 * A demo from its first line on the screen to its last.
 *
 * <p>Owned by one thread, which may be interrupted to end it. Everything that was started is ended
 * on every way out.
 */
public final class Demo {

  private final DemoOptions options;
  private final Terminal terminal;
  private final Path directory;
  private final Path log;

  /**
   * @param directory for files that may be deleted when the demo has ended
   * @param log where the log is written, to be told to the user
   */
  public Demo(DemoOptions options, Terminal terminal, Path directory, Path log) {
    this.options = options;
    this.terminal = terminal;
    this.directory = directory;
    this.log = log;
  }

  /**
   * Runs the demo.
   *
   * @param whenDone told the summary as soon as there is one, also where everything is kept running
   */
  public void run(SummaryConsumer whenDone) throws Exception {
    terminal.print(HeaderView.title(terminal.style()));
    terminal.renew("  Starting Kafka, Flink and the model ...");
    try (Stage stage = new Stage(options, directory)) {
      // What the user may have got wrong comes first.
      Phases phases = Phases.of(stage.texts().count());
      JobGraph graph =
          ScoringJob.graph(
              stage.kafka().bootstrapServers(),
              options,
              stage.labels(),
              directory.resolve("checkpoints"));
      terminal.print(HeaderView.of(setup(stage), terminal.style()));
      terminal.renew("  Loading the model ...");
      RunningJob job = RunningJob.submit(graph, stage.flink().cluster());
      job.awaitRunning();

      try (DemoRun run = new DemoRun(stage, phases, job, terminal)) {
        Summary summary = run.toTheEnd(!options.keep());
        terminal.print("");
        terminal.print(SampleTable.of(run.samples(), terminal.style()));
        terminal.print(SummaryView.of(summary, terminal.style()));
        whenDone.accept(summary);
      }
      if (!options.keep()) {
        terminal.print(SummaryView.tryNext(terminal.style()));
        return;
      }
      terminal.print("  All keeps running. The web UI is at " + stage.flink().webUi());
      terminal.print("  Ctrl-C ends it.");
      new CountDownLatch(1).await();
    }
  }

  private Setup setup(Stage stage) throws Exception {
    return new Setup(
        stage.kafka().bootstrapServers(),
        stage.flink().webUi().toString(),
        stage.model().name(),
        stage.model().graph().precision(),
        stage.model().sha256(),
        stage.texts().description(),
        stage.labels().descriptions().size(),
        options.parallelism(),
        options.ordered(),
        log.toString());
  }

  /** Takes a summary. */
  @FunctionalInterface
  public interface SummaryConsumer {
    /** Called once. */
    void accept(Summary summary) throws Exception;
  }
}
