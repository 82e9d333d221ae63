package io.flinkinference.examples.demo;

import io.flinkinference.examples.cluster.OperatorMetrics;
import io.flinkinference.examples.cluster.RunningJob;
import io.flinkinference.examples.figures.BatchFigures;
import io.flinkinference.examples.figures.PhaseFigures;
import io.flinkinference.examples.figures.SampleText;
import io.flinkinference.examples.figures.Summary;
import io.flinkinference.examples.screen.Terminal;
import io.flinkinference.local.LocalKafka;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends the texts in two phases, reads the results back, and counts.
 *
 * <p>Owned by one thread; the sender and the reader have a thread each.
 */
final class DemoRun implements AutoCloseable {

  /** A checkpoint each second commits results; a minute without any means that none will come. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The paced phase asks for this share of what the job has shown that it can do. */
  private static final double PACE = 0.5;

  private final Phases phases;
  private final RunningJob job;
  private final OperatorMetrics metrics;
  private final Watch watch;
  private final PhaseRecorder flatOut = new PhaseRecorder();
  private final PhaseRecorder paced = new PhaseRecorder();
  private final Results results;
  private final TextFeed feed;
  private final ResultReader reader;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  DemoRun(Stage stage, Phases phases, RunningJob job, Terminal terminal) throws Exception {
    LocalKafka kafka = stage.kafka();
    this.phases = phases;
    this.job = job;
    this.metrics = stage.metrics();
    this.watch = new Watch(terminal, () -> check(kafka.process()), PATIENCE);
    this.results = new Results(phases, flatOut, paced);
    this.feed = new TextFeed(kafka.bootstrapServers(), stage.texts());
    this.reader = new ResultReader(kafka.bootstrapServers(), results);
  }

  /**
   * Runs both phases.
   *
   * @param cancel whether to end the job before the last look for records that came twice
   */
  Summary toTheEnd(boolean cancel) throws InterruptedException, ExecutionException {
    Future<?> reading = threads.submit(() -> read());
    boolean complete = sendFlatOut(reading);
    BatchFigures atBorder = batches();
    double pace = Math.max(1, flatOut.figures(atBorder).recordsPerSecond() * PACE);
    if (complete) {
      sendPaced(pace, atBorder, reading);
    }
    if (cancel) {
      job.cancel();
    }
    reader.finish();
    reading.get();
    return summary(atBorder, pace);
  }

  /** A few of the scored texts. */
  List<SampleText> samples() {
    return results.samples();
  }

  private boolean sendFlatOut(Future<?> reading) throws InterruptedException, ExecutionException {
    Future<?> sending = threads.submit(() -> feed.sendFlatOut(phases.flatOut(), flatOut));
    return watch.until(
        "flat out",
        () -> flatOut.figures(batches()),
        () -> results.ledger().isComplete(phases.flatOut()),
        List.of(sending, reading));
  }

  private void sendPaced(double pace, BatchFigures atBorder, Future<?> reading)
      throws InterruptedException, ExecutionException {
    Future<?> sending =
        threads.submit(
            () -> {
              feed.sendPaced(phases.paced(), pace, paced);
              return null;
            });
    watch.until(
        "paced",
        () -> paced.figures(batches().since(atBorder)),
        () -> results.ledger().isComplete(phases.records()),
        List.of(sending, reading));
  }

  private BatchFigures batches() {
    return new BatchFigures(
        metrics.count("batches"),
        metrics.count("batchRows"),
        metrics.count("realTokens"),
        metrics.count("paddedTokens"));
  }

  private void check(Process broker) throws InterruptedException, ExecutionException {
    if (!broker.isAlive()) {
      throw new IllegalStateException(
          "The Kafka broker has ended with exit code " + broker.exitValue() + ".");
    }
    job.requireRunning();
  }

  private Void read() throws Exception {
    reader.run();
    return null;
  }

  private Summary summary(BatchFigures atBorder, double pace) {
    BatchFigures batches = batches();
    PhaseFigures first = flatOut.figures(atBorder);
    PhaseFigures second = paced.figures(batches.since(atBorder));
    ResultLedger ledger = results.ledger();
    int sent = first.sent() + second.sent();
    return new Summary(
        sent,
        first.scored() + second.scored(),
        sent - ledger.returned(),
        ledger.duplicates(),
        first.deadLettered() + second.deadLettered(),
        results.reasons(),
        first,
        second,
        pace,
        batches,
        results.model(),
        toFirstResult());
  }

  private Duration toFirstResult() {
    long firstAt = Math.min(flatOut.firstAt(), paced.firstAt());
    return firstAt == Long.MAX_VALUE
        ? null
        : Duration.ofMillis(firstAt - ManagementFactory.getRuntimeMXBean().getStartTime());
  }

  @Override
  public void close() {
    reader.close();
    threads.shutdownNow();
    feed.close();
  }
}
