package io.flinkinference.reliability.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.reliability.rig.Bench;
import io.flinkinference.reliability.rig.Cluster;
import io.flinkinference.reliability.rig.Mappings;
import io.flinkinference.reliability.rig.MixedTexts;
import io.flinkinference.reliability.rig.Probe;
import io.flinkinference.reliability.rig.ProcessMemory;
import io.flinkinference.reliability.rig.Report;
import io.flinkinference.reliability.rig.RunningJob;
import io.flinkinference.reliability.rig.ScoringJob;
import io.flinkinference.reliability.rig.SteadyPace;
import io.flinkinference.reliability.rig.Threads;
import io.flinkinference.reliability.rig.Waiting;
import io.flinkinference.runtime.ModelLeases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A job that restarts on the same TaskManager leaves nothing of itself behind. */
@Tag("figures")
@EnabledOnOs(OS.LINUX)
class RestartsITCase {

  private static final int SUBTASKS = 4;
  private static final int RESTARTS = Integer.getInteger("figures.restarts", 10);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Results of each life of the job, so that it is warm when it is looked at. */
  private static final int RESULTS = 1_000;

  @TempDir private Path directory;

  @Test
  void restartsLeaveNoThreadsModelsOrLibraries() throws Exception {
    Report.title("%d restarts of a job of 4 subtasks on one TaskManager".formatted(RESTARTS));
    try (Bench bench = new Bench(new SteadyPace(), MixedTexts::stream, SUBTASKS);
        Cluster cluster = Cluster.start(bench, directory)) {
      RunningJob job =
          cluster.submit(ScoringJob.graph(bench, new Configuration(), true, directory));
      awaitLife(job, bench, 1);
      int threadsOfModel = look(0);
      List<Long> resident = new ArrayList<>();
      for (int restart = 1; restart <= RESTARTS; restart++) {
        bench.failJob();
        awaitLife(job, bench, restart + 1);
        assertThat(look(restart)).as("threads of the model").isLessThanOrEqualTo(threadsOfModel);
        resident.add(ProcessMemory.now().outsideHeap());
      }
      job.cancel();
      assertThat(ModelLeases.SHARED.size()).as("models after the end").isZero();
      Waiting.until("The end of the model's threads", PATIENCE, () -> Threads.ofModels().isEmpty());
      assertThat(bench.sum(Probe::dead)).isZero();
      Report.line("after the end: 0 models, 0 threads of models");
      Report.line(
          "resident memory outside the heap after each restart, kB: %s; %+.1f %% from the first",
          resident, 100.0 * resident.get(RESTARTS - 1) / resident.get(0) - 100);
      Report.figure(
          "restarts",
          "after %d restarts 1 model, 1 copy of each library, no thread more".formatted(RESTARTS),
          "nothing is left over",
          true);
    }
  }

  private static void awaitLife(RunningJob job, Bench bench, int life) throws Exception {
    Waiting.until(
        "Life " + life + " of the job",
        PATIENCE,
        () -> {
          job.requireRunning();
          return bench.probes().stream().allMatch(probe -> probe.starts() == life);
        });
    long before = bench.sum(Probe::scored);
    Waiting.until(
        "Result " + RESULTS + " of life " + life,
        PATIENCE,
        () -> bench.sum(Probe::scored) >= before + RESULTS);
  }

  /** Prints what is there. Returns how many threads the model has. */
  private static int look(int restart) {
    ProcessMemory memory = ProcessMemory.settled();
    int models = ModelLeases.SHARED.size();
    int engines = Mappings.copiesOf("libonnxruntime.so").size();
    int bindings = Mappings.copiesOf("libonnxruntime4j_jni.so").size();
    int tokenizers = Mappings.copiesOf("tokenizers.so").size();
    int ofModel = Threads.ofModels().size();
    Report.line(
        "restart %2d: models %d, copies of the libraries %d %d %d, threads %d (of the model %d),"
            + " resident %,d kB (outside the heap %,d), live objects %,d kB",
        restart,
        models,
        engines,
        bindings,
        tokenizers,
        Threads.all(),
        ofModel,
        memory.resident(),
        memory.outsideHeap(),
        memory.heapUsed());
    assertThat(models).as("models in memory").isEqualTo(1);
    assertThat(engines).as("copies of ONNX Runtime").isEqualTo(1);
    assertThat(bindings).as("copies of its Java binding").isEqualTo(1);
    // None where the model's tokenizer is the one in Java.
    assertThat(tokenizers).as("copies of the tokenizers").isLessThanOrEqualTo(1);
    return ofModel;
  }
}
