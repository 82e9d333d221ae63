package io.flinkinference.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flinkinference.result.Classification;
import java.time.Duration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkBuilderTest {

  private static ScoredTexts<Classification> scored() {
    return ScoredTexts.classifications("localhost:9092", "scored");
  }

  @Test
  void smallestExamplesCanBeShipped() throws Exception {
    assertThat(InstantiationUtil.clone(scored().exactlyOnce("job").build())).isNotNull();
    assertThat(InstantiationUtil.clone(scored().atLeastOnce().includeText(true).build()))
        .isNotNull();
    assertThat(
            InstantiationUtil.clone(
                ScoredTexts.embeddings("localhost:9092", "scored").exactlyOnce("job").build()))
        .isNotNull();
    assertThat(
            InstantiationUtil.clone(
                DeadLetters.sink("localhost:9092", "dead").exactlyOnce("job").build()))
        .isNotNull();
  }

  @Test
  void guaranteeHasNoDefault() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scored().build())
        .withMessageContaining("topic 'scored' has no delivery guarantee")
        .withMessageContaining("call exactlyOnce() or atLeastOnce()");
  }

  @Test
  void exactlyOnceNeedsAPrefix() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scored().exactlyOnce("").build())
        .withMessageContaining("transactional id prefix must not be blank");
  }

  @Test
  void transactionTimeoutContradictsAtLeastOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scored().atLeastOnce().transactionTimeout(Duration.ofMinutes(1)).build())
        .withMessageContaining("transactionTimeout() is PT1M")
        .withMessageContaining("atLeastOnce()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT600H"})
  void transactionTimeoutHasARange(String timeout) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> scored().exactlyOnce("job").transactionTimeout(Duration.parse(timeout)).build())
        .withMessageContaining(timeout);
  }

  @Test
  void missingTopicIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeadLetters.sink("localhost:9092", "").atLeastOnce().build())
        .withMessageContaining("topic must not be blank");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bootstrap.servers", "acks", "transactional.id", "transaction.timeout.ms"})
  void ownSettingsAreRefusedAsProperties(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scored().property(name, "x"))
        .withMessageContaining("'" + name + "' cannot be set by property();");
  }
}
