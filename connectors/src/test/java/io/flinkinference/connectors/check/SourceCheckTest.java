package io.flinkinference.connectors.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SourceCheckTest {

  private static KafkaAccess access(String servers) {
    return KafkaAccess.of(servers, new Properties(), null);
  }

  /** Of a job whose sinks write two topics. */
  private static void check(String servers, TopicSet topics) {
    check(servers, topics, false);
  }

  private static void check(String servers, TopicSet topics, boolean bounded) {
    Findings findings = new Findings();
    new SourceCheck(access(servers), topics, "scoring", bounded)
        .checkReadsNoOutput(
            List.of(
                new SinkCheck(access("k1:9092"), "texts-scored", null, null),
                new SinkCheck(access("k1:9092"), "dead-letters", null, null)),
            findings);
    findings.throwIfAny();
  }

  @Test
  void aTopicThatIsReadAndWrittenIsRefused() {
    assertThatThrownBy(() -> check("k2:9092, k1:9092", TopicSet.named("texts", "dead-letters")))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessage(
            "The sink of topic 'dead-letters' writes what the source reads, so the job would never"
                + " end; write to another topic.");
    assertThatThrownBy(() -> check("k1:9092", TopicSet.matching(Pattern.compile("texts-.*"))))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageContaining("sink of topic 'texts-scored'")
        .hasMessageEndingWith(
            "write to another topic, or narrow the pattern 'texts-.*' of the source.");
  }

  @Test
  void otherTopicsOtherClustersAndSourcesThatEndAreWell() {
    assertThatCode(
            () -> {
              check("k1:9092", TopicSet.named("texts"));
              check("k1:9092", TopicSet.matching(Pattern.compile("texts")));
              check("k2:9092", TopicSet.named("dead-letters"));
              check("k2:9092", TopicSet.matching(Pattern.compile("texts-.*")));
              check("k1:9092", TopicSet.named("dead-letters"), true);
            })
        .doesNotThrowAnyException();
  }
}
