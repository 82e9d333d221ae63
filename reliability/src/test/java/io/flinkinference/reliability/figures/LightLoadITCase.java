package io.flinkinference.reliability.figures;

import io.flinkinference.reliability.rig.Bench;
import io.flinkinference.reliability.rig.Cluster;
import io.flinkinference.reliability.rig.Median;
import io.flinkinference.reliability.rig.MixedTexts;
import io.flinkinference.reliability.rig.Probe;
import io.flinkinference.reliability.rig.Report;
import io.flinkinference.reliability.rig.RunningJob;
import io.flinkinference.reliability.rig.ScoringJob;
import io.flinkinference.reliability.rig.Settings;
import io.flinkinference.reliability.rig.Turnstile;
import io.flinkinference.reliability.rig.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator that has little to do costs a record little more than its engine run.
 *
 * <p>Each text goes once through the job and once through a bare engine of this JVM, after pauses
 * of the same length, so that both find the processor alike.
 */
@Tag("figures")
class LightLoadITCase {

  private static final int WARM_UP = 200;
  private static final int TEXTS = Integer.getInteger("figures.texts", 1_000);
  private static final double TARGET = 1.3;

  /** Each pause in times of the record before: work, pause, bare run, pause make 10 %. */
  private static final int PAUSE = 4;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path directory;

  private final Turnstile turnstile = new Turnstile();
  private final List<Long> inOperator = new ArrayList<>();
  private final List<Long> bare = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();
  private long waits;
  private long lastNanos;

  @Test
  void aRecordAloneTakesLittleMoreThanItsRun() throws Exception {
    Report.title("Light load: %,d texts, one at a time".formatted(TEXTS));
    try (Bench bench = new Bench(turnstile, MixedTexts::stream, 1);
        Cluster cluster = Cluster.start(bench, directory);
        BareEngine engine = new BareEngine(Settings.model())) {
      RunningJob job =
          cluster.submit(ScoringJob.graph(bench, new Configuration(), true, directory));
      for (int i = 0; i < WARM_UP; i++) {
        throughJob(bench, i);
        engine.time(MixedTexts.stream(i));
      }
      long start = System.nanoTime();
      for (int i = WARM_UP; i < WARM_UP + TEXTS; i++) {
        pause();
        lastNanos = throughJob(bench, i);
        pause();
        long alone = engine.time(MixedTexts.stream(i));
        inOperator.add(lastNanos);
        bare.add(alone);
        ratios.add((double) lastNanos / alone);
      }
      long nanos = System.nanoTime() - start;
      job.cancel();
      print(nanos);
    }
  }

  private void pause() {
    Waiting.pass(Duration.ofNanos(PAUSE * lastNanos));
  }

  private long throughJob(Bench bench, long number) throws Exception {
    Probe probe = bench.probes().get(0);
    turnstile.admit();
    // Waits without looking: a thread that spins would take a processor from the job.
    Waiting.until("The result of " + number, PATIENCE, () -> probe.scored() > number);
    waits++;
    return probe.lastNanos();
  }

  private void print(long nanos) {
    double load = inOperator.stream().mapToLong(Long::longValue).sum() / (double) nanos;
    double operatorMedian = Median.of(inOperator);
    double bareMedian = Median.of(bare);
    Report.line(
        "%,d records in %.0f s: the job was busy %.0f %% of the time",
        waits - WARM_UP, nanos / 1e9, 100 * load);
    Report.line(
        "median in the operator %.3f ms, of the bare engine run %.3f ms; the median of the ratios"
            + " of each text %.3f",
        operatorMedian / 1e6, bareMedian / 1e6, Median.of(ratios));
    Report.line(
        "of the shortest quarter of the texts, where the way to the engine weighs most: %.3f ms,"
            + " %.3f ms, %.3f times",
        shortest(inOperator) / 1e6, shortest(bare) / 1e6, shortest(inOperator) / shortest(bare));
    Report.figure(
        "time in the operator under light load",
        "%.3f times a bare engine run, by medians".formatted(operatorMedian / bareMedian),
        "at most 1.3 times",
        operatorMedian / bareMedian <= TARGET);
  }

  /** The median of a time over the quarter of the texts whose bare runs are the shortest. */
  private double shortest(List<Long> times) {
    double border = bare.stream().sorted().skip(bare.size() / 4).findFirst().orElseThrow();
    return Median.of(
        IntStream.range(0, bare.size())
            .filter(i -> bare.get(i) <= border)
            .mapToObj(times::get)
            .toList());
  }
}
