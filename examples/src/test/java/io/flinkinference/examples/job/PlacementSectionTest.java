package io.flinkinference.examples.job;

import static io.flinkinference.examples.job.JobFiles.SMALLEST;
import static io.flinkinference.examples.job.JobFiles.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import org.apache.flink.runtime.clusterframework.types.ResourceProfile;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;

class PlacementSectionTest {

  private static final String SEPARATE =
      SMALLEST
          + """
          placement:
            run-on: gpu
            gpu-resource: a100
            gpu-amount: 0.25
            cpu-label: cpupool
            inference-slots:
              cpu: 2
              heap: 128 mb
            other-slots:
              managed: 32 mb
          """;

  @Test
  void slotsOfTheWholeJobAskForWhatTheFileSays() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    new ScoringPipeline(JobFiles.read(SEPARATE)).build(env);

    StreamGraph graph = env.getStreamGraph();
    assertThat(graph.getStreamNodes())
        .allSatisfy(
            node ->
                assertThat(node.getSlotSharingGroup())
                    .isEqualTo(
                        node.getOperatorName().startsWith("Score ") ? "inference" : "default"));
    ResourceProfile inference = graph.getSlotSharingGroupResource("inference").orElseThrow();
    assertThat(inference.getCpuCores().getValue()).isEqualByComparingTo(BigDecimal.valueOf(2));
    assertThat(inference.getTaskHeapMemory().getMebiBytes()).isEqualTo(128);
    assertThat(inference.getExtendedResources().get("a100").getValue())
        .isEqualByComparingTo(BigDecimal.valueOf(0.25));
    ResourceProfile others = graph.getSlotSharingGroupResource("default").orElseThrow();
    assertThat(others.getManagedMemory().getMebiBytes()).isEqualTo(32);
    assertThat(others.getExtendedResources()).containsOnlyKeys("cpupool");
  }

  @Test
  void contradictionsAreToldWithTheirLine() {
    assertThat(problems(SMALLEST + "placement: {run-on: auto, cpu-label: cpupool}"))
        .singleElement()
        .asString()
        .contains("The placement is AUTO")
        .contains("'cpupool'");
    assertThat(problems(SMALLEST + "placement: {run-on: gpu, gpu-amount: 2}"))
        .singleElement()
        .asString()
        .contains("per subtask is 2.0");
    assertThat(problems(SMALLEST + "placement: {cpu-label: pool, slot-sharing-group: mine}"))
        .singleElement()
        .asString()
        .contains("placement.slot-sharing-group is mine")
        .contains("Leave one of them out");
    assertThat(problems(SMALLEST + "placement: {run-on: gpu, inference-slots: {heap: much}}"))
        .singleElement()
        .asString()
        .contains("a size of memory");
  }

  @Test
  void theAdaptiveSchedulerInTheFileIsRefused() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    String file = SEPARATE + "flink: {jobmanager.scheduler: adaptive}";
    assertThatThrownBy(() -> new ScoringPipeline(JobFiles.read(file)).build(env))
        .hasMessageContaining("jobmanager.scheduler is adaptive");
  }

  @Test
  void explanationShowsTheDeviceThatThePlacementBrings() {
    assertThat(Explanation.of(JobFiles.read(SMALLEST)))
        .containsPattern("default +inference.device +cpu")
        .containsPattern("default +placement.inference-slots.cpu +1");
    assertThat(Explanation.of(JobFiles.read(SEPARATE)))
        .containsPattern("default +inference.device +cuda");
    assertThat(Explanation.of(JobFiles.read(SEPARATE + "inference: {device: tensorrt}")))
        .containsPattern("line 25 +inference.device +tensorrt");
  }

  @Test
  void aDirectoryElsewhereIsRefusedWithoutTheKeyInIt() {
    PrintWriter out = new PrintWriter(new StringWriter());
    for (String place : List.of("s3://me:hunter2@bucket/x", "s3://me:hun ter2@bucket/x")) {
      String file = SMALLEST + "checkpoints: {directory: '" + place + "'}";
      assertThatThrownBy(() -> new LocalRun(JobFiles.read(file), out))
          .hasMessageContaining("set a directory here")
          .hasNoCause()
          .hasMessageNotContaining("hunter");
    }
  }

  @Test
  void aClusterInThisProcessHasNoGpuTaskManagers() {
    String file = SEPARATE + "checkpoints: {directory: /tmp/nothing-is-written-here}";
    PrintWriter out = new PrintWriter(new StringWriter());
    assertThatThrownBy(() -> new LocalRun(JobFiles.read(file), out))
        .hasMessageContaining("the external resource a100")
        .hasMessageContaining("Submit the job to a cluster");
  }
}
