package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Snapshots that were stored when their version was the newest. They are never written again.
 *
 * <p>A new version of {@link InFlightState} adds a file: {@code mvn -B -ntp -pl flink-inference
 * test -Dtest=StoredStateTest -Dstate.write}.
 */
@Timeout(60)
class StoredStateTest {

  private static final OperatorOptions ORDERED = OperatorHarness.options(true, 100, 10_000, 64);

  static IntStream versions() {
    return IntStream.rangeClosed(1, InFlightState.VERSION);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everyVersionIsRestoredWithAllItsRecords(int version) throws Exception {
    try (OperatorHarness restored =
        OperatorHarness.restore(TestingEngine.free(), ORDERED, stored(version))) {
      restored.flink().endInput();
      assertThat(restored.inputs())
          .containsExactly("in the engine", "waits", "größe", "late", "timeless");
      assertThat(restored.results())
          .allMatch(scored -> scored.result().equals(TestingModel.expected(scored.input())));
      assertThat(timestamps(restored)).containsExactly(1L, 1L, 1L, Long.MAX_VALUE, null);
      assertThat(restored.deadLetters())
          .extracting(DeadLetter::reason)
          .containsExactly(DeadLetterReason.NULL_TEXT);
    }
  }

  @Test
  void theFormDoesNotChangeWithoutItsVersion() throws Exception {
    if (System.getProperty("state.write") != null) {
      assertThat(file(InFlightState.VERSION)).as("raise the version first").doesNotExist();
      OperatorSnapshotUtil.writeStateHandle(snapshot(), file(InFlightState.VERSION).toString());
    }
    assertThat(form(snapshot())).isEqualTo(form(stored(InFlightState.VERSION)));
  }

  @Test
  void aNewerVersionIsRefusedWithBothVersionsAndTheRemedy() throws Exception {
    var harness = new OneInputStreamOperatorTestHarness<>(new NewerOperator());
    harness.open();
    OperatorSubtaskState newer = harness.snapshot(1, 1);
    harness.close();
    assertThatThrownBy(() -> OperatorHarness.restore(TestingEngine.free(), ORDERED, newer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in version " + (InFlightState.VERSION + 1))
        .hasMessageContaining("reads versions up to " + InFlightState.VERSION)
        .hasMessageContaining("Run the job with the version of flink-inference that wrote");
  }

  /** Of records in the engine, before it, and failed before it, with events between them. */
  private static OperatorSubtaskState snapshot() throws Exception {
    try (OperatorHarness operator = OperatorHarness.open(TestingEngine.held(1), ORDERED)) {
      operator.send("in the engine", "waits", "null", "größe");
      operator.flink().processWatermark(new Watermark(3));
      operator.flink().processElement(new StreamRecord<>("late", Long.MAX_VALUE));
      operator.flink().processElement(new StreamRecord<>("timeless"));
      return operator.snapshot();
    }
  }

  private static OperatorSubtaskState stored(int version) throws Exception {
    return OperatorSnapshotUtil.readStateHandle(file(version).toString());
  }

  private static Path file(int version) {
    return Path.of(
        "src/test/resources/io/flinkinference/operator/in-flight-v" + version + ".snapshot");
  }

  /** Names and modes of the states. */
  private static Map<String, OperatorStateHandle.Mode> form(OperatorSubtaskState state) {
    Map<String, OperatorStateHandle.Mode> form = new TreeMap<>();
    for (OperatorStateHandle handle : state.getManagedOperatorState()) {
      handle
          .getStateNameToPartitionOffsets()
          .forEach((name, meta) -> form.put(name, meta.getDistributionMode()));
    }
    return form;
  }

  private static List<Long> timestamps(OperatorHarness operator) {
    List<Long> timestamps = new ArrayList<>();
    for (StreamRecord<?> record : operator.flink().getRecordOutput()) {
      timestamps.add(record.hasTimestamp() ? record.getTimestamp() : null);
    }
    return timestamps;
  }

  /** Writes the state as a version of tomorrow might. */
  private static final class NewerOperator extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<String, String> {

    private static final long serialVersionUID = 1L;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      context
          .getOperatorStateStore()
          .getBroadcastState(InFlightState.FORM)
          .put(InFlightState.FORM_VERSION, InFlightState.VERSION + 1);
    }

    @Override
    public void processElement(StreamRecord<String> record) {}
  }
}
