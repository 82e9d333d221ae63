package io.flinkinference.examples.job;

import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import io.flinkinference.placement.Placement;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The section {@code placement}: on which TaskManagers the inference runs, and the rest. */
final class PlacementSection {

  static final Key<Integer> PARALLELISM =
      Key.optional(
          "parallelism",
          Shapes.whole(1),
          "Subtasks of the inference; that of the job unless it is set. All on one device of a"
              + " TaskManager share one engine.");

  static final Key<Placement.Kind> ON =
      Key.withDefault(
          "run-on",
          Placement.Kind.CPU,
          "Which TaskManagers run the inference. cpu: any, or those with cpu-label. gpu: those with"
              + " gpu-resource, in slots of its own. auto: any; where one has gpu-resource the model"
              + " runs on inference.device, else on the CPU. See gpu.md.");

  static final Key<String> GPU_RESOURCE =
      Key.withDefault(
          "gpu-resource",
          Shapes.text(),
          Placement.cpu().resource(),
          Placement.cpu().resource(),
          "Name of the external resource by which TaskManagers advertise their GPUs.");

  static final Key<Double> GPU_AMOUNT =
      Key.withDefault(
          "gpu-amount",
          Shapes.positive(),
          Placement.cpu().amount(),
          "1",
          "How much of it a subtask takes, at most 1; 0.5 for two subtasks a GPU.");

  static final Key<String> CPU_LABEL =
      Key.optional(
          "cpu-label",
          Shapes.text(),
          "Name of an external resource that only TaskManagers without GPU have, of which each slot"
              + " without inference takes 1. It keeps these off the GPU TaskManagers.");

  static final Key<String> SLOT_SHARING_GROUP =
      Key.optional(
          "slot-sharing-group",
          Shapes.text(),
          "A slot sharing group of its own for the inference, so that it does not share slots with"
              + " source and sinks. With run-on: gpu it has one in any case, inference.");

  static final Key<Settings> INFERENCE_SLOTS =
      Key.section(
          "inference-slots", SlotSection.SECTION, "What a slot with inference takes, run-on: gpu.");

  static final Key<Settings> OTHER_SLOTS =
      Key.section(
          "other-slots",
          SlotSection.SECTION,
          "What other slots take, run-on: gpu or with cpu-label.");

  static final Section SECTION =
      Section.of(
          PARALLELISM,
          ON,
          GPU_RESOURCE,
          GPU_AMOUNT,
          CPU_LABEL,
          SLOT_SHARING_GROUP,
          INFERENCE_SLOTS,
          OTHER_SLOTS);

  private PlacementSection() {}

  static void check(Settings placement, int line, Problems problems) {
    if (!placement.isSound()) {
      return;
    }
    try {
      Placement read = placement(placement);
      if (read.setsResources()
          && read.kind() == Placement.Kind.CPU
          && placement.has(SLOT_SHARING_GROUP)) {
        problems.add(
            placement.line(SLOT_SHARING_GROUP),
            "placement.slot-sharing-group is "
                + read.group()
                + ", but with placement.cpu-label, "
                + read.cpuLabel()
                + ", all operators have slots alike. Leave one of them out.");
      }
    } catch (IllegalArgumentException e) {
      problems.add(line, "placement: " + e.getMessage());
    }
  }

  static Placement placement(Settings section) {
    Placement placement =
        Placement.cpu()
            .withKind(section.get(ON))
            .withResource(section.get(GPU_RESOURCE))
            .withAmount(section.get(GPU_AMOUNT))
            .withInferenceSlots(SlotSection.resources(section.get(INFERENCE_SLOTS)))
            .withOtherSlots(SlotSection.resources(section.get(OTHER_SLOTS)));
    return placement
        .withGroup(section.find(SLOT_SHARING_GROUP).orElse(placement.group()))
        .withCpuLabel(section.find(CPU_LABEL).orElse(null));
  }

  /** What the placement itself does not say. */
  static void apply(Settings section, SingleOutputStreamOperator<?> inference) {
    section.find(PARALLELISM).ifPresent(inference::setParallelism);
    if (section.get(ON) != Placement.Kind.GPU) {
      section.find(SLOT_SHARING_GROUP).ifPresent(inference::slotSharingGroup);
    }
  }
}
