package io.flinkinference.reliability.figures;

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

/** A TaskManager in a JVM of its own, saturated for a while; prints and hands back its memory. */
final class MemoryMain {

  private MemoryMain() {}

  /**
   * @param arguments number of subtasks, seconds, directory for temporary files
   */
  public static void main(String[] arguments) throws Exception {
    ChildJvm.holdOn();
    int subtasks = Integer.parseInt(arguments[0]);
    Duration span = Duration.ofSeconds(Integer.parseInt(arguments[1]));
    Path directory = Files.createTempDirectory(Path.of(arguments[2]), "memory");
    try (Bench bench = new Bench(new SteadyPace(), MixedTexts::stream, subtasks);
        Cluster cluster = Cluster.start(bench, directory)) {
      RunningJob job =
          cluster.submit(ScoringJob.graph(bench, new Configuration(), true, directory));
      Waiting.until("The first result", Duration.ofMinutes(3), () -> bench.sum(Probe::scored) > 0);
      Waiting.pass(span);
      ProcessMemory memory = ProcessMemory.settled();
      job.requireRunning();
      Report.line(
          "%d subtask(s): resident %,d kB = heap pages %,d + everything else %,d;"
              + " live objects %,d kB; %,d records",
          subtasks,
          memory.resident(),
          memory.heapResident(),
          memory.outsideHeap(),
          memory.heapUsed(),
          bench.sum(Probe::scored));
      ChildJvm.handBack("resident", memory.resident());
      ChildJvm.handBack("outsideHeap", memory.outsideHeap());
      ChildJvm.handBack("heapUsed", memory.heapUsed());
      job.cancel();
    }
  }
}
