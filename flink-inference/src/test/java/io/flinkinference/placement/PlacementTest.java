package io.flinkinference.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class PlacementTest {

  private static final Placement SEPARATE = Placement.gpu().withCpuLabel("cpupool").withAmount(0.5);

  @Test
  void inferenceAsksForGpusAndEveryOtherOperatorForTheLabel() {
    StreamExecutionEnvironment env = environment(new Configuration());
    job(env, SEPARATE);

    SEPARATE.applyTo(env);

    StreamGraph graph = env.getStreamGraph();
    Map<String, String> groups =
        graph.getStreamNodes().stream()
            .collect(
                Collectors.toMap(
                    StreamNode::getOperatorName, StreamNode::getSlotSharingGroup, (a, b) -> a));
    assertThat(groups.get("score")).isEqualTo("inference");
    groups.remove("score");
    assertThat(groups.values()).hasSizeGreaterThan(2).containsOnly("default");
    assertThat(graph.getSlotSharingGroupResource("inference").orElseThrow().getExtendedResources())
        .hasEntrySatisfying("gpu", gpu -> assertThat(gpu.getValue().doubleValue()).isEqualTo(0.5));
    assertThat(graph.getSlotSharingGroupResource("default").orElseThrow().getExtendedResources())
        .containsOnlyKeys("cpupool");
  }

  @Test
  void slotsAskForWhatTheyAreTold() {
    SlotResources slots =
        new SlotResources(
            2, MemorySize.parse("64m"), MemorySize.parse("32m"), MemorySize.parse("16m"));
    SlotSharingGroup group = Placement.gpu().withInferenceSlots(slots).inferenceGroup();
    assertThat(group.getCpuCores()).contains(2.0);
    assertThat(group.getTaskHeapMemory()).contains(MemorySize.parse("64m"));
    assertThat(group.getTaskOffHeapMemory()).contains(MemorySize.parse("32m"));
    assertThat(group.getManagedMemory()).contains(MemorySize.parse("16m"));
    assertThatThrownBy(() -> new SlotResources(0, slots.heap(), slots.heap(), slots.heap()))
        .hasMessageContaining("above 0, not 0.0");
  }

  @Test
  void cpuAndAutoLeaveTheJobAsItIs() {
    for (Placement placement : new Placement[] {Placement.cpu(), Placement.auto()}) {
      StreamExecutionEnvironment env =
          environment(Configuration.fromMap(Map.of("jobmanager.scheduler", "adaptive")));
      job(env, placement);

      placement.applyTo(env);

      assertThat(env.getStreamGraph().getSlotSharingGroupResource("default"))
          .isEqualTo(Optional.empty());
    }
  }

  @Test
  void aLabelKeepsAnInferenceOnTheCpuOffTheGpus() {
    StreamExecutionEnvironment env = environment(new Configuration());
    Placement placement = Placement.cpu().withCpuLabel("cpupool");
    job(env, placement);

    placement.applyTo(env);

    StreamGraph graph = env.getStreamGraph();
    assertThat(graph.getStreamNodes())
        .allSatisfy(node -> assertThat(node.getSlotSharingGroup()).isEqualTo("default"));
    assertThat(graph.getSlotSharingGroupResource("default").orElseThrow().getExtendedResources())
        .containsOnlyKeys("cpupool");
  }

  @Test
  void schedulersThatHeedNoResourcesAreRefused() {
    for (Map<String, String> settings :
        List.of(Map.of("jobmanager.scheduler", "adaptive"), Map.of("scheduler-mode", "reactive"))) {
      StreamExecutionEnvironment env = environment(Configuration.fromMap(settings));
      job(env, SEPARATE);
      assertThatThrownBy(() -> SEPARATE.applyTo(env))
          .hasMessageContaining(settings.keySet().iterator().next())
          .hasMessageContaining("would run on TaskManagers without GPU");
    }
  }

  @Test
  void aJobWithoutARestartStrategyGetsOneThatWaits() {
    StreamExecutionEnvironment env = environment(new Configuration());
    job(env, SEPARATE);
    SEPARATE.applyTo(env);
    assertThat(env.getConfiguration().get(RestartStrategyOptions.RESTART_STRATEGY))
        .isEqualTo("exponential-delay");

    Configuration own = new Configuration();
    own.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    own.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
    StreamExecutionEnvironment other = environment(own);
    job(other, SEPARATE);
    SEPARATE.applyTo(other);
    assertThat(other.getConfiguration().get(RestartStrategyOptions.RESTART_STRATEGY))
        .isEqualTo("fixed-delay");
  }

  @Test
  void aGroupWithoutResourcesIsRefused() {
    StreamExecutionEnvironment env = environment(new Configuration());
    job(env, SEPARATE);
    env.fromSequence(0, 1).slotSharingGroup("mine").sinkTo(new DiscardingSink<>());
    assertThatThrownBy(() -> SEPARATE.applyTo(env))
        .hasMessageContaining("slot sharing group 'mine', which asks for no resources");
  }

  @Test
  void aJobWithoutAPlacedInferenceIsRefused() {
    StreamExecutionEnvironment env = environment(new Configuration());
    job(env, Placement.cpu());
    assertThatThrownBy(() -> SEPARATE.applyTo(env))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TextInference.placement");
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> Placement.gpu().withAmount(2))
        .hasMessageContaining("per subtask is 2.0")
        .hasMessageContaining("one device");
    assertThatThrownBy(() -> Placement.gpu().withAmount(0)).hasMessageContaining("is 0.0");
    assertThatThrownBy(() -> Placement.gpu().withCpuLabel("gpu"))
        .hasMessageContaining("are both 'gpu'");
    assertThatThrownBy(() -> Placement.auto().withCpuLabel("cpupool"))
        .hasMessageContaining("AUTO")
        .hasMessageContaining("'cpupool'");
    assertThatThrownBy(() -> Placement.gpu().withGroup("default"))
        .hasMessageContaining("'default'");
    assertThatThrownBy(() -> Placement.gpu().withResource(" "))
        .hasMessageContaining("needs a name");
  }

  private static StreamExecutionEnvironment environment(Configuration config) {
    return StreamExecutionEnvironment.getExecutionEnvironment(config);
  }

  private static void job(StreamExecutionEnvironment env, Placement placement) {
    SingleOutputStreamOperator<String> scored =
        env.fromSequence(0, 10).map(Object::toString).name("score");
    placement.place(scored);
    scored.map(String::length).name("after").sinkTo(new DiscardingSink<>()).name("sink");
  }
}
