package io.flinkinference.reliability.soak;

import io.flinkinference.reliability.rig.Bench;
import io.flinkinference.reliability.rig.ChildJvm;
import io.flinkinference.reliability.rig.Cluster;
import io.flinkinference.reliability.rig.MixedTexts;
import io.flinkinference.reliability.rig.Probe;
import io.flinkinference.reliability.rig.ProcessMemory;
import io.flinkinference.reliability.rig.Report;
import io.flinkinference.reliability.rig.RunningJob;
import io.flinkinference.reliability.rig.ScoringJob;
import io.flinkinference.reliability.rig.SteadyPace;
import io.flinkinference.reliability.rig.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;

/**
 * The JVM of the soak: a TaskManager that is saturated with texts of any length, and whose job
 * restarts at fixed times. At the end the job is drained, and no record may be missing.
 */
final class SoakMain {

  private static final int SUBTASKS = 2;

  /** One that is not looked at, and two to compare. */
  private static final int LEAST_LIVES = 3;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final double NANOS_A_MINUTE = 60e9;

  private final Bench bench;
  private final RunningJob job;
  private final Duration line;
  private final long startNanos = System.nanoTime();
  private int restarts;

  private SoakMain(Bench bench, RunningJob job, Duration line) {
    this.bench = bench;
    this.job = job;
    this.line = line;
  }

  /**
   * @param arguments seconds in all, seconds from restart to restart, seconds from line to line,
   *     directory for temporary files
   */
  public static void main(String[] arguments) throws Exception {
    ChildJvm.holdOn();
    Duration span = seconds(arguments[0]);
    Duration life = seconds(arguments[1]);
    Path directory = Files.createTempDirectory(Path.of(arguments[3]), "soak");
    try (Bench bench = new Bench(new SteadyPace(), MixedTexts::anyLength, SUBTASKS);
        Cluster cluster = Cluster.start(bench, directory)) {
      RunningJob job =
          cluster.submit(ScoringJob.graph(bench, new Configuration(), true, directory));
      new SoakMain(bench, job, seconds(arguments[2])).run(span, life);
      job.drain(directory);
      ChildJvm.handBack("entered", bench.ledger().entered());
      ChildJvm.handBack("lost", bench.ledger().entered() - bench.ledger().left());
      ChildJvm.handBack("dead", bench.sum(Probe::dead));
    }
  }

  private static Duration seconds(String number) {
    return Duration.ofSeconds(Long.parseLong(number));
  }

  private void run(Duration span, Duration life) throws Exception {
    long lives = Math.max(LEAST_LIVES, span.dividedBy(life));
    for (int i = 1; i <= lives; i++) {
      awaitLife(i);
      live(life);
      // Both at the end of a life: the engine's memory has grown to its largest batches by then.
      if (i == 2) {
        handBack("after the first restart", "first");
      } else if (i == lives) {
        handBack("at the end", "last");
      }
      if (i < lives) {
        bench.failJob();
        restarts++;
      }
    }
    ChildJvm.handBack("restarts", restarts);
  }

  private void awaitLife(int life) throws Exception {
    Waiting.until(
        "Life " + life + " of the job",
        PATIENCE,
        () -> {
          job.requireRunning();
          return bench.probes().stream().allMatch(probe -> probe.starts() == life);
        });
  }

  private void live(Duration life) throws Exception {
    for (Duration left = life; !left.isZero(); ) {
      Duration part = left.compareTo(line) < 0 ? left : line;
      Waiting.pass(part);
      job.requireRunning();
      print(ProcessMemory.now());
      left = left.minus(part);
    }
  }

  private void print(ProcessMemory memory) {
    Report.line(
        "%5.1f min: resident %,d kB (outside the heap %,d), heap used %,d kB, %,d records out,"
            + " %d restarts",
        (System.nanoTime() - startNanos) / NANOS_A_MINUTE,
        memory.resident(),
        memory.outsideHeap(),
        memory.heapUsed(),
        bench.ledger().left(),
        restarts);
  }

  private static void handBack(String when, String name) {
    ProcessMemory memory = ProcessMemory.settled();
    Report.line(
        "%s: resident %,d kB (outside the heap %,d), live objects %,d kB",
        when, memory.resident(), memory.outsideHeap(), memory.heapUsed());
    ChildJvm.handBack(name + "Resident", memory.resident());
    ChildJvm.handBack(name + "OutsideHeap", memory.outsideHeap());
    ChildJvm.handBack(name + "Live", memory.heapUsed());
  }
}
