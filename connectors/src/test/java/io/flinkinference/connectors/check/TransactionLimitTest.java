package io.flinkinference.connectors.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.testing.LogWatch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TransactionLimitTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Findings findings = new Findings();

  @Test
  void aTimeoutThatASlowCheckpointOutlastsIsAWarning() {
    try (LogWatch logs = LogWatch.begin(List.of("execution.checkpointing.timeout"))) {
      checkInterval(Duration.ofMinutes(10), INTERVAL, 0);

      findings.throwIfAny();
      assertThat(logs.found())
          .hasSize(1)
          .first()
          .asString()
          .contains("sink of topic 'scored' is PT10M", "every PT10S and may take PT10M")
          .contains("at least PT10M10S, or lower execution.checkpointing.timeout.");
    }
  }

  @Test
  void whatWaitsForCheckpointsThatMayFailCounts() {
    try (LogWatch logs = LogWatch.begin(List.of("execution.checkpointing.timeout"))) {
      checkInterval(Duration.ofMinutes(30), INTERVAL, 2);

      findings.throwIfAny();
      assertThat(logs.found())
          .hasSize(1)
          .first()
          .asString()
          .contains("2 in a row may fail (execution.checkpointing.tolerable-failed-checkpoints)")
          .contains("at least PT30M10S, or lower execution.checkpointing.timeout or execution.");
    }
    try (LogWatch logs = LogWatch.begin(List.of("execution.checkpointing.timeout"))) {
      checkInterval(Duration.ofMinutes(30).plus(INTERVAL), INTERVAL, 2);
      // The longer of interval and checkpoint counts.
      checkInterval(Duration.ofMinutes(70), Duration.ofMinutes(20), 2);

      findings.throwIfAny();
      assertThat(logs.found()).isEmpty();
    }
  }

  @Test
  void aTimeoutThatOutlastsTheSlowestCheckpointIsWell() {
    try (LogWatch logs = LogWatch.begin(List.of("execution.checkpointing.timeout"))) {
      checkInterval(INTERVAL.plus(LONGEST), INTERVAL, 0);

      findings.throwIfAny();
      assertThat(logs.found()).isEmpty();
    }
  }

  @Test
  void aBrokerThatDoesNotAnswerIsPassedOver() {
    try (LogWatch logs = LogWatch.begin(List.of("was not checked"))) {
      compare(failed(new TimeoutException("it hangs")), limit("900000"));
      assertThatThrownBy(findings::throwIfAny).hasMessageContaining("broker 2 allows PT15M");
      assertThat(logs.found())
          .hasSize(1)
          .first()
          .asString()
          .contains("of broker 1 was not checked", "it hangs");
    }
  }

  @Test
  void whoMayNotSeeTheLimitIsToldOnceForAllBrokers() {
    try (LogWatch logs = LogWatch.begin(List.of("DESCRIBE_CONFIGS"))) {
      ClusterAuthorizationException denied = new ClusterAuthorizationException("no");
      compare(failed(denied), failed(denied));
      findings.throwIfAny();
      assertThat(logs.found()).hasSize(1);
    }
  }

  @Test
  void noTimeoutIsNamedThatKafkaCannotCount() {
    try (LogWatch logs = LogWatch.begin(List.of("tolerable-failed-checkpoints"))) {
      checkInterval(Duration.ofHours(1), Duration.ofSeconds(10), Integer.MAX_VALUE);
      findings.throwIfAny();
      assertThat(logs.found())
          .singleElement()
          .asString()
          .contains("would be lost; lower execution.checkpointing.timeout or ")
          .doesNotContain("at least");
    }
  }

  private void checkInterval(Duration timeout, Duration interval, int tolerated) {
    CheckpointTimes checkpoints = new CheckpointTimes(interval, LONGEST, tolerated);
    TransactionLimit.checkInterval("scored", timeout, checkpoints, findings);
  }

  private void compare(KafkaFuture<Config> first, KafkaFuture<Config> second) {
    Map<ConfigResource, KafkaFuture<Config>> brokers = new LinkedHashMap<>();
    brokers.put(new ConfigResource(ConfigResource.Type.BROKER, "1"), first);
    brokers.put(new ConfigResource(ConfigResource.Type.BROKER, "2"), second);
    KafkaAccess access = KafkaAccess.of("localhost:9092", new Properties(), null);
    TransactionLimit.compare(brokers, access, "scored", Duration.ofHours(1), findings);
  }

  private static KafkaFuture<Config> limit(String millis) {
    ConfigEntry entry = new ConfigEntry(TransactionLimit.NAME, millis);
    return KafkaFuture.completedFuture(new Config(List.of(entry)));
  }

  private static KafkaFuture<Config> failed(RuntimeException failure) {
    KafkaFutureImpl<Config> future = new KafkaFutureImpl<>();
    future.completeExceptionally(failure);
    return future;
  }
}
