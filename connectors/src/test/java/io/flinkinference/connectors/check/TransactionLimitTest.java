package io.flinkinference.connectors.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.connectors.testing.LogWatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionLimitTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Findings findings = new Findings();

  @Test
  void aTimeoutThatASlowCheckpointOutlastsIsAWarning() {
    try (LogWatch logs = LogWatch.begin(List.of("execution.checkpointing.timeout"))) {
      TransactionLimit.checkInterval("scored", Duration.ofMinutes(10), INTERVAL, LONGEST, findings);

      findings.throwIfAny();
      assertThat(logs.found())
          .hasSize(1)
          .first()
          .asString()
          .contains("sink of topic 'scored' is PT10M", "every PT10S and may take PT10M")
          .contains("at least PT10M10S, or lower execution.checkpointing.timeout");
    }
  }

  @Test
  void aTimeoutThatOutlastsTheSlowestCheckpointIsWell() {
    try (LogWatch logs = LogWatch.begin(List.of("execution.checkpointing.timeout"))) {
      TransactionLimit.checkInterval("scored", INTERVAL.plus(LONGEST), INTERVAL, LONGEST, findings);

      findings.throwIfAny();
      assertThat(logs.found()).isEmpty();
    }
  }
}
