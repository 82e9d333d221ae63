package io.flinkinference.placement;

import java.util.Objects;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * On which TaskManagers a job runs its inference, and on which the rest.
 *
 * <pre>{@code
 * Placement placement = Placement.gpu().withCpuLabel("cpupool");
 * TextInference.on(texts).placement(placement)...build();
 * // ... sinks ...
 * placement.applyTo(env); // when all operators are there
 * env.execute();
 * }</pre>
 *
 * <p>What runs a model there, and on which index, is told apart from this, by the option {@code
 * inference.device}.
 *
 * <p><b>Thread safety:</b> immutable.
 *
 * @param kind which TaskManagers
 * @param resource name of the external resource under which TaskManagers advertise their GPUs
 * @param amount of it that each slot with an inference takes, above 0 and at most 1
 * @param cpuLabel name of an external resource that only TaskManagers without GPU have, of which
 *     each other slot takes 1; null where the rest may run anywhere
 * @param group name of the slot sharing group of the inference
 * @param inferenceSlots what a slot with an inference takes besides
 * @param otherSlots what each other slot takes
 */
public record Placement(
    Kind kind,
    String resource,
    double amount,
    String cpuLabel,
    String group,
    SlotResources inferenceSlots,
    SlotResources otherSlots) {

  private static final String DEFAULT_GROUP = "default";
  private static final Placement DEFAULT =
      new Placement(
          Kind.CPU, "gpu", 1, null, "inference", SlotResources.DEFAULT, SlotResources.DEFAULT);

  /** Which TaskManagers run the inference. */
  public enum Kind {
    /** Any; or those with the CPU label, if there is one. */
    CPU,
    /** Those with a GPU, and no other operator runs in these slots. */
    GPU,
    /** Any. Where the TaskManager has a GPU the model runs on it, else on the CPU. */
    AUTO
  }

  public Placement {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(inferenceSlots, "inferenceSlots");
    Objects.requireNonNull(otherSlots, "otherSlots");
    requireName(resource, "The GPU resource");
    requireName(group, "The slot sharing group");
    if (!(amount > 0 && amount <= 1)) {
      throw new IllegalArgumentException(
          "The amount of "
              + resource
              + " per subtask is "
              + amount
              + ", but a subtask uses one device. Set 1, or less where several subtasks share one.");
    }
    if (group.equals(DEFAULT_GROUP)) {
      throw new IllegalArgumentException(
          "The inference's slot sharing group is '"
              + group
              + "', which is that of the other operators. Take another name.");
    }
    if (cpuLabel != null) {
      requireName(cpuLabel, "The CPU label");
      requireDistinct(cpuLabel, resource);
    }
    if (cpuLabel != null && kind == Kind.AUTO) {
      throw new IllegalArgumentException(
          "The placement is AUTO, which takes any TaskManager, but there is the CPU label '"
              + cpuLabel
              + "'. Leave the label out, or set GPU or CPU.");
    }
  }

  /** What runs the model there unless the option {@code inference.device} says otherwise. */
  public String device() {
    return kind == Kind.CPU ? "cpu" : "cuda";
  }

  /** Any TaskManager. */
  public static Placement cpu() {
    return DEFAULT;
  }

  /** TaskManagers with a GPU. */
  public static Placement gpu() {
    return DEFAULT.withKind(Kind.GPU);
  }

  /** Any TaskManager, and its GPU where it has one. */
  public static Placement auto() {
    return DEFAULT.withKind(Kind.AUTO);
  }

  /** The same for other TaskManagers. */
  public Placement withKind(Kind other) {
    return new Placement(other, resource, amount, cpuLabel, group, inferenceSlots, otherSlots);
  }

  /** The same with another name of the external resource; {@code gpu} unless this is called. */
  public Placement withResource(String name) {
    return new Placement(kind, name, amount, cpuLabel, group, inferenceSlots, otherSlots);
  }

  /** The same with another amount per subtask; 1 unless this is called. */
  public Placement withAmount(double perSubtask) {
    return new Placement(kind, resource, perSubtask, cpuLabel, group, inferenceSlots, otherSlots);
  }

  /** The same with a label that keeps all other operators off the GPU TaskManagers. */
  public Placement withCpuLabel(String name) {
    return new Placement(kind, resource, amount, name, group, inferenceSlots, otherSlots);
  }

  /** The same with another slot sharing group; {@code inference} unless this is called. */
  public Placement withGroup(String name) {
    return new Placement(kind, resource, amount, cpuLabel, name, inferenceSlots, otherSlots);
  }

  /** The same with other slots for the inference. */
  public Placement withInferenceSlots(SlotResources slots) {
    return new Placement(kind, resource, amount, cpuLabel, group, slots, otherSlots);
  }

  /** The same with other slots for all other operators. */
  public Placement withOtherSlots(SlotResources slots) {
    return new Placement(kind, resource, amount, cpuLabel, group, inferenceSlots, slots);
  }

  /** Whether the job's operators get slots of their own making. */
  public boolean setsResources() {
    return kind == Kind.GPU || cpuLabel != null;
  }

  /** Places an operator of the inference. {@code TextInference.placement} does it. */
  public void place(SingleOutputStreamOperator<?> inference) {
    if (kind == Kind.GPU) {
      inference.slotSharingGroup(inferenceGroup());
      inference.setDescription(
          inference.getTransformation().getDescription() + ", in slots with " + gpuWords());
    }
  }

  /**
   * Places all other operators of a job; to be called when all of them are there. Sets the restart
   * strategy too, unless one is set.
   *
   * @throws IllegalArgumentException if the job's configuration has a scheduler that heeds no
   *     resources, or an operator is in a slot sharing group that has none
   * @throws IllegalStateException if no inference of the job was given this placement
   */
  public void applyTo(StreamExecutionEnvironment env) {
    if (setsResources()) {
      SchedulerCheck.check(env.getConfiguration());
      PlacedJob.place(env, this);
      RestartAdvice.apply(env);
    }
  }

  SlotSharingGroup inferenceGroup() {
    return inferenceSlots.group(group).setExternalResource(resource, amount).build();
  }

  SlotSharingGroup otherGroup() {
    SlotSharingGroup.Builder others = otherSlots.group(DEFAULT_GROUP);
    return (cpuLabel == null ? others : others.setExternalResource(cpuLabel, 1)).build();
  }

  String gpuWords() {
    return amount + " of the external resource '" + resource + "'";
  }

  private static void requireName(String name, String what) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException(what + " needs a name, but it is '" + name + "'.");
    }
  }

  private static void requireDistinct(String cpuLabel, String resource) {
    if (cpuLabel.equals(resource)) {
      throw new IllegalArgumentException(
          "The CPU label and the GPU resource are both '"
              + resource
              + "', so both kinds of slots would be on the same TaskManagers. Rename one.");
    }
  }
}
