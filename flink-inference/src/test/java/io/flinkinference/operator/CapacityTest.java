package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.LatencyControl;
import io.flinkinference.batch.RunCost;
import io.flinkinference.batch.TokenBudget;
import io.flinkinference.text.Encoding;
import java.util.Optional;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

class CapacityTest {

  @Test
  void boundsRecordsAndTokens() {
    Capacity capacity = new Capacity(2, 10, Optional.empty());
    InFlight six = record(6);
    capacity.add(six);
    assertThat(capacity.hasRoom(5)).isFalse();
    assertThat(capacity.hasRoom(4)).isTrue();
    capacity.add(record(1));
    assertThat(capacity.hasRoom(0)).isFalse();
    capacity.remove(six);
    assertThat(capacity.hasRoom(0)).isTrue();
    assertThat(capacity.tokens()).isEqualTo(1);
  }

  @Test
  void anEmptyBufferTakesATextOfAnyLength() {
    assertThat(new Capacity(1, 10, Optional.empty()).hasRoom(1_000)).isTrue();
  }

  @Test
  void aLatencyTargetTakesRoomAway() {
    LatencyControl control =
        new LatencyControl(100, new RunCost(0, 1), () -> 1, 1_000, new TokenBudget(1_000));
    Capacity capacity = new Capacity(1_000, 1_000, Optional.of(control));
    capacity.add(record(40));
    assertThat(capacity.hasRoom(10)).isTrue();
    assertThat(capacity.hasRoom(11)).isFalse();
  }

  private static InFlight record(int tokens) {
    return new InFlightRecord<String, String>(
        new StreamRecord<>("text"), Encoding.of(new int[tokens]));
  }
}
