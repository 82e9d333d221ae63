package io.flinkinference.reliability.figures;

import io.flinkinference.reliability.rig.ChildJvm;
import io.flinkinference.reliability.rig.Median;
import io.flinkinference.reliability.rig.Report;
import io.flinkinference.reliability.rig.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four subtasks need little more memory than one, because they share the model.
 *
 * <p>Each measurement has a JVM of its own, with the same flags: a heap that is fixed, so that its
 * pages count alike, and not touched before it is used.
 */
@Tag("figures")
@EnabledOnOs(OS.LINUX)
class MemoryITCase {

  private static final int ROUNDS = Integer.getInteger("figures.rounds", 2);
  private static final double TARGET = 1.15;
  private static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

  @TempDir private Path directory;

  @Test
  void fourSubtasksNeedLittleMoreThanOne() throws Exception {
    Report.title("Memory of 4 subtasks and of 1, a JVM each with " + String.join(" ", FLAGS));
    List<Map<String, Long>> one = new ArrayList<>();
    List<Map<String, Long>> four = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      one.add(measure(1));
      four.add(measure(4));
    }
    double resident = ratio(four, one, "resident");
    Report.line(
        "without the pages of the heap: %.3f times; live objects of the heap: %.3f times",
        ratio(four, one, "outsideHeap"), ratio(four, one, "heapUsed"));
    Report.figure(
        "memory",
        "4 subtasks hold %.3f times the resident memory of 1".formatted(resident),
        "at most 1.15 times",
        resident <= TARGET);
  }

  private Map<String, Long> measure(int subtasks) throws Exception {
    return ChildJvm.run(
        MemoryMain.class,
        FLAGS,
        Map.of(),
        List.of(
            Integer.toString(subtasks),
            Long.toString(Settings.span(60).toSeconds()),
            directory.toString()));
  }

  private static double ratio(List<Map<String, Long>> of, List<Map<String, Long>> to, String name) {
    return median(of, name) / median(to, name);
  }

  private static double median(List<Map<String, Long>> rounds, String name) {
    return Median.of(rounds.stream().map(round -> round.get(name)).toList());
  }
}
