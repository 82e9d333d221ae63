package io.flinkinference.examples;

import io.flinkinference.examples.figures.BatchFigures;
import io.flinkinference.examples.figures.Latency;
import io.flinkinference.examples.figures.PhaseFigures;
import io.flinkinference.examples.figures.Summary;
import io.flinkinference.result.ModelStamp;
import java.time.Duration;
import java.util.Map;

/** Fixed figures. */
public final class TestingSummaries {

  /** All texts at once. */
  public static final PhaseFigures FLAT_OUT =
      new PhaseFigures(
          4_000,
          3_990,
          10,
          312.34,
          new Latency(5_100, 9_870),
          new Latency(5_600, 10_400),
          new BatchFigures(280, 3_990, 120_000, 129_600));

  /** Texts at a rate. */
  public static final PhaseFigures PACED =
      new PhaseFigures(
          1_000,
          1_000,
          0,
          155.9,
          new Latency(12, 41),
          new Latency(540, 1_090),
          new BatchFigures(920, 1_000, 30_000, 30_300));

  private TestingSummaries() {}

  /** A summary in which some records may have gone astray. */
  public static Summary summary(int missing, int duplicates) {
    return new Summary(
        5_000,
        4_990 - missing,
        missing,
        duplicates,
        10,
        Map.of("BLANK_TEXT", 10),
        FLAT_OUT,
        PACED,
        156.17,
        new BatchFigures(1_200, 4_990, 150_000, 159_900),
        new ModelStamp("all-minilm-l6-v2", "ab".repeat(32), "fp32", "cpu", true),
        Duration.ofMillis(9_840));
  }
}
