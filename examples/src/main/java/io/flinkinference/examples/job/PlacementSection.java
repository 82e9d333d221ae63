package io.flinkinference.examples.job;

import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The section {@code placement}: where the operator of the inference runs. */
final class PlacementSection {

  static final Key<Integer> PARALLELISM =
      Key.optional(
          "parallelism",
          Shapes.whole(1),
          "Subtasks of the inference; that of the job unless it is set. All in one TaskManager share"
              + " one engine.");

  static final Key<String> SLOT_SHARING_GROUP =
      Key.optional(
          "slot-sharing-group",
          Shapes.text(),
          "A slot sharing group of its own for the inference, so that it does not share slots with"
              + " source and sinks.");

  static final Section SECTION = Section.of(PARALLELISM, SLOT_SHARING_GROUP);

  private PlacementSection() {}

  static void apply(Settings placement, SingleOutputStreamOperator<?> inference) {
    placement.find(PARALLELISM).ifPresent(inference::setParallelism);
    placement.find(SLOT_SHARING_GROUP).ifPresent(inference::slotSharingGroup);
  }
}
