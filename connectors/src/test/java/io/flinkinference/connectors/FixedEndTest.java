package io.flinkinference.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class FixedEndTest {

  private static final TopicPartition PARTITION = new TopicPartition("texts", 0);

  @Test
  void offsetsAreTakenAsTheyAre() {
    assertThat(ends(OffsetsInitializer.offsets(Map.of(PARTITION, 7L))))
        .containsExactly(Map.entry(PARTITION, 7L));
  }

  @Test
  void whatReadersWouldLookUpAgainIsRefused() {
    for (OffsetsInitializer moving :
        List.of(OffsetsInitializer.committedOffsets(), OffsetsInitializer.earliest())) {
      assertThatThrownBy(() -> ends(moving))
          .hasMessageContaining("no offset as the end of texts-0")
          .hasMessageContaining("OffsetsInitializer.latest()");
    }
  }

  private static Map<TopicPartition, Long> ends(OffsetsInitializer offsets) {
    return new FixedEnd(offsets).getPartitionOffsets(List.of(PARTITION), null);
  }
}
