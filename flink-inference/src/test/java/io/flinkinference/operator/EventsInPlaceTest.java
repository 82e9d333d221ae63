package io.flinkinference.operator;

import static io.flinkinference.operator.OperatorHarness.OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.result.Scored;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.watermark.LongWatermark;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributesBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is no record leaves after all records before it and before all behind it. */
@Timeout(60)
class EventsInPlaceTest {

  private static final OperatorOptions ORDERED = OperatorHarness.options(true, 100, 10_000, 64);

  @Test
  void watermarkWaitsForEarlierRecordsAndHoldsBackLaterOnes() throws Exception {
    for (OperatorOptions options : List.of(OPTIONS, ORDERED)) {
      TestingEngine engine = TestingEngine.held(2);
      try (OperatorHarness operator = OperatorHarness.open(engine, options)) {
        operator.send("before");
        operator.flink().processWatermark(new Watermark(7));
        operator.send("behind");
        assertThat(operator.flink().getOutput()).isEmpty();
        engine.letGo(10);
        operator.untilOutput(3);
        assertThat(kinds(operator)).containsExactly("before", "watermark 7", "behind");
      }
    }
  }

  @Test
  void watermarkPassesAtOnceWhenNothingIsInFlight() throws Exception {
    try (OperatorHarness operator = OperatorHarness.open(TestingEngine.held(1), OPTIONS)) {
      operator.flink().processWatermark(new Watermark(7));
      assertThat(kinds(operator)).containsExactly("watermark 7");
    }
  }

  @Test
  void watermarkStatusAndRecordAttributesKeepTheirPlace() throws Exception {
    TestingEngine engine = TestingEngine.held(2);
    try (OperatorHarness operator = OperatorHarness.open(engine, OPTIONS)) {
      RecordAttributes backlog = new RecordAttributesBuilder(List.of()).setBacklog(true).build();
      operator.send("a");
      operator.flink().processWatermarkStatus(WatermarkStatus.IDLE);
      operator.send("b");
      operator.flink().processRecordAttributes(backlog);
      operator.send("c");
      engine.letGo(10);
      operator.untilOutput(5);
      assertThat(kinds(operator)).containsExactly("a", "status idle", "b", "attributes", "c");
    }
  }

  @Test
  void generalisedWatermarkKeepsItsPlace() throws Exception {
    for (OperatorOptions options : List.of(OPTIONS, ORDERED)) {
      TestingEngine engine = TestingEngine.held(2);
      try (OperatorHarness operator = OperatorHarness.open(engine, options)) {
        operator.send("a");
        WatermarkEvent event = new WatermarkEvent(new LongWatermark(9L, "the test's"), false);
        operator.flink().getOperator().processWatermark(event);
        operator.send("b");
        assertThat(operator.flink().getOutput()).isEmpty();
        engine.letGo(10);
        operator.untilOutput(3);
        assertThat(kinds(operator)).containsExactly("a", "event 9", "b");
      }
    }
  }

  @Test
  void watermarkThatMeetsAFullBufferWaitsForRoom() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    OperatorOptions two = OperatorHarness.options(false, 2, 10_000, 64);
    try (OperatorHarness operator = OperatorHarness.open(engine, two)) {
      operator.send("a", "b");
      AtomicBoolean accepted = new AtomicBoolean();
      AtomicBoolean acceptedWhenFull = new AtomicBoolean();
      Future<?> freer =
          OperatorHarness.whenBlocked(
              () -> {
                acceptedWhenFull.set(accepted.get());
                engine.letGo(10);
              });
      operator.flink().processWatermark(new Watermark(7));
      accepted.set(true);
      TestingThreads.get(freer);
      operator.untilOutput(3);
      assertThat(acceptedWhenFull).isFalse();
      assertThat(kinds(operator)).containsExactly("a", "b", "watermark 7");
    }
  }

  private static List<String> kinds(OperatorHarness operator) {
    List<String> kinds = new ArrayList<>();
    for (Object element : operator.flink().getOutput()) {
      if (element instanceof StreamRecord<?> record) {
        kinds.add(((Scored<?, ?>) record.getValue()).input().toString());
      } else if (element instanceof Watermark mark) {
        kinds.add("watermark " + mark.getTimestamp());
      } else if (element instanceof WatermarkEvent event) {
        kinds.add("event " + ((LongWatermark) event.getWatermark()).getValue());
      } else if (element instanceof WatermarkStatus status) {
        kinds.add("status " + (status.isIdle() ? "idle" : "active"));
      } else {
        kinds.add("attributes");
      }
    }
    return kinds;
  }
}
