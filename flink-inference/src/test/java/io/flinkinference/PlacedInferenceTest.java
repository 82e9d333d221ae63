package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.operator.DeviceChoice;
import io.flinkinference.placement.Placement;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class PlacedInferenceTest {

  @Test
  void theInferenceIsInSlotsWithGpusAndSaysSo() {
    SingleOutputStreamOperator<?> scored = scored(Placement.gpu().withAmount(0.5));
    SlotSharingGroup group = scored.getTransformation().getSlotSharingGroup().orElseThrow();
    assertThat(group.getName()).isEqualTo("inference");
    assertThat(group.getExternalResources()).containsEntry("gpu", 0.5);
    assertThat(scored.getTransformation().getDescription())
        .contains("0.5 of the external resource 'gpu'");
  }

  @Test
  void withoutAPlacementItIsLeftToFlink() {
    assertThat(scored(Placement.cpu()).getTransformation().getSlotSharingGroup()).isEmpty();
    assertThat(scored(Placement.auto()).getTransformation().getSlotSharingGroup()).isEmpty();
  }

  @Test
  void aTaskManagerWithoutGpuIsAnErrorUnlessTheCpuWillDo() {
    Configuration options = new Configuration();
    options.set(InferenceOptions.DEVICE, "cuda");
    assertThat(TextInference.devices(Placement.gpu(), options).required()).isTrue();
    assertThat(TextInference.devices(Placement.auto(), options).required()).isFalse();
    assertThat(TextInference.devices(Placement.cpu(), options).resource()).isNull();

    options.set(InferenceOptions.DEVICE_FALLBACK, InferenceOptions.DeviceFallback.CPU);
    DeviceChoice choice = TextInference.devices(Placement.gpu(), options);
    assertThat(choice.required()).isFalse();
    assertThat(choice.resource()).isEqualTo("gpu");
  }

  @Test
  void aBuilderThatIsUsedAgainKeepsNoDevice() {
    TextInference<String> builder =
        TextInference.on(StreamExecutionEnvironment.getExecutionEnvironment().fromData("a"))
            .text(text -> text)
            .model("all-minilm-l6-v2");
    builder.placement(Placement.gpu()).task(Tasks.embedding()).build();
    // Which is refused on any other device than the CPU.
    builder.option(InferenceOptions.MODEL_FUSE, true);
    assertThat(builder.placement(Placement.cpu()).task(Tasks.embedding()).build()).isNotNull();
  }

  private static SingleOutputStreamOperator<?> scored(Placement placement) {
    DataStream<String> texts =
        StreamExecutionEnvironment.getExecutionEnvironment().fromData("a", "b");
    return TextInference.on(texts)
        .text(text -> text)
        .model("all-minilm-l6-v2")
        .placement(placement)
        .task(Tasks.embedding())
        .build()
        .results();
  }
}
