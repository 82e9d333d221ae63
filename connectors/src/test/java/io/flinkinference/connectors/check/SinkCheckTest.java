package io.flinkinference.connectors.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SinkCheckTest {

  private static SinkCheck sink(String servers, String topic, String prefix) {
    KafkaAccess access = KafkaAccess.of(servers, new Properties(), null);
    return prefix == null
        ? new SinkCheck(access, topic, null, null)
        : new SinkCheck(access, topic, prefix + "/" + topic, Duration.ofMinutes(10));
  }

  private static void checkApart(SinkCheck... sinks) {
    Findings findings = new Findings();
    SinkCheck.checkApart(List.of(sinks), findings);
    findings.throwIfAny();
  }

  @Test
  void twoSinksOfOneTopicNeedTwoPrefixes() {
    assertThatThrownBy(
            () ->
                checkApart(
                    sink("k1:9092,k2:9092", "scored", "job"),
                    sink("k1:9092,k2:9092", "dead", "job"),
                    sink("k3:9092, k2:9092", "scored", "job")))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("Two sinks of topic 'scored' make the same transactional ids")
        .hasMessageContaining("'job/scored-'")
        .hasMessageContaining("pass another prefix to exactlyOnce()");
    assertThatCode(
            () -> checkApart(sink("k1:9092", "scored", "job"), sink("k1:9092", "scored", "job-2")))
        .doesNotThrowAnyException();
  }

  @Test
  void otherTopicsOtherClustersAndNoTransactionsAreApart() {
    assertThatCode(
            () ->
                checkApart(
                    sink("k1:9092", "scored", "job"),
                    sink("k1:9092", "dead", "job"),
                    sink("k2:9092", "scored", "job"),
                    sink("k1:9092", "scored", null),
                    sink("k1:9092", "scored", null)))
        .doesNotThrowAnyException();
  }
}
