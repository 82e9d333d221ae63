package io.flinkinference.placement;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each operator of a job a slot sharing group with resources. One without would take its
 * share of everything that a TaskManager has, the GPUs too, and starve the inference.
 */
final class PlacedJob {

  private static final Logger LOG = LoggerFactory.getLogger(PlacedJob.class);

  private PlacedJob() {}

  static void place(StreamExecutionEnvironment env, Placement placement) {
    SlotSharingGroup others = placement.otherGroup();
    boolean found = false;
    for (Transformation<?> operator : operators(env)) {
      Optional<SlotSharingGroup> group = operator.getSlotSharingGroup();
      if (group.isEmpty() || group.get().getName().equals(others.getName())) {
        operator.setSlotSharingGroup(others);
      } else {
        requireResources(operator, group.get());
        found |= group.get().getName().equals(placement.group());
      }
    }
    if (placement.kind() == Placement.Kind.GPU) {
      requireInference(found, placement);
      LOG.info(
          "Each subtask of the inference waits for a slot with {} and {}; each other slot takes {}{}."
              + " Where no TaskManager has that, the job waits, and Flink only says that no resources"
              + " are available.",
          placement.gpuWords(),
          placement.inferenceSlots(),
          placement.otherSlots(),
          placement.cpuLabel() == null ? "" : " and 1 of '" + placement.cpuLabel() + "'");
    }
  }

  /** Those that run; what only chooses or joins streams takes no slot. */
  private static Set<Transformation<?>> operators(StreamExecutionEnvironment env) {
    Set<Transformation<?>> all = new LinkedHashSet<>();
    for (Transformation<?> last : env.getTransformations()) {
      all.addAll(last.getTransitivePredecessors());
      all.add(last);
    }
    all.removeIf(one -> !(one instanceof PhysicalTransformation));
    return all;
  }

  private static void requireResources(Transformation<?> operator, SlotSharingGroup group) {
    if (group.getCpuCores().isEmpty()) {
      throw new IllegalArgumentException(
          "The operator '"
              + operator.getName()
              + "' is in the slot sharing group '"
              + group.getName()
              + "', which asks for no resources, so it could take the GPUs. Give it resources with"
              + " SlotSharingGroup.newBuilder, or no group; hand that group itself to the operator, for"
              + " those of registerSlotSharingGroup are not seen here.");
    }
  }

  private static void requireInference(boolean found, Placement placement) {
    if (!found) {
      throw new IllegalStateException(
          "No inference of this job is in the slot sharing group '"
              + placement.group()
              + "'. Hand the placement to TextInference.placement before build().");
    }
  }
}
