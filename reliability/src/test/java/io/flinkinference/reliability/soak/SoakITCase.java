package io.flinkinference.reliability.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.reliability.rig.ChildJvm;
import io.flinkinference.reliability.rig.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A saturated job with texts of any length that restarts every few minutes: no record is lost, and
 * resident memory does not grow.
 *
 * <p>The JVM's heap is all resident from the start, so that what grows is not its pages.
 */
@Tag("soak")
@EnabledOnOs(OS.LINUX)
class SoakITCase {

  private static final int SECONDS =
      Integer.getInteger("soak.seconds", 60 * Integer.getInteger("soak.minutes", 30));
  private static final int RESTART_SECONDS = Integer.getInteger("soak.restart-seconds", 180);
  private static final int LINE_SECONDS = Integer.getInteger("soak.line-seconds", 60);

  /** {@code MALLOC_ARENA_MAX} of the C library; empty for its own default. */
  private static final String ARENAS = System.getProperty("soak.malloc-arenas", "");

  private static final double MOST_GROWTH = 0.05;
  private static final List<String> FLAGS =
      List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-XX:+UseG1GC");

  @TempDir private Path directory;

  @Test
  void memoryStaysAndNothingIsLost() throws Exception {
    Report.title(
        "Soak: %d s, a restart every %d s, flags %s, MALLOC_ARENA_MAX %s"
            .formatted(
                SECONDS,
                RESTART_SECONDS,
                String.join(" ", FLAGS),
                ARENAS.isEmpty() ? "not set" : ARENAS));
    Map<String, Long> results =
        ChildJvm.run(
            SoakMain.class,
            FLAGS,
            ARENAS.isEmpty() ? Map.of() : Map.of("MALLOC_ARENA_MAX", ARENAS),
            List.of(
                Integer.toString(SECONDS),
                Integer.toString(RESTART_SECONDS),
                Integer.toString(LINE_SECONDS),
                directory.toString()));
    double growth = growth(results, "Resident");
    Report.line(
        "growth outside the heap %+.1f %%, of live objects %+.1f %%",
        100 * growth(results, "OutsideHeap"), 100 * growth(results, "Live"));
    Report.figure(
        "memory of the soak",
        "%+.1f %% from the first restart to the end, over %d restarts"
            .formatted(100 * growth, results.get("restarts")),
        "within 5 %",
        growth <= MOST_GROWTH);
    Report.figure(
        "records of the soak",
        "%,d in, %d lost, %d dead letters"
            .formatted(results.get("entered"), results.get("lost"), results.get("dead")),
        "none lost",
        results.get("lost") == 0);
    assertThat(results.get("entered")).isPositive();
    assertThat(results.get("lost")).isZero();
    assertThat(results.get("dead")).isZero();
  }

  private static double growth(Map<String, Long> results, String what) {
    return (double) results.get("last" + what) / results.get("first" + what) - 1;
  }
}
