package io.flinkinference.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.flinkinference.connectors.text.KafkaTextTypeInfo;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaTextsTest {

  private static final TopicPartition PARTITION = new TopicPartition("texts", 0);

  private static KafkaTexts complete() {
    return KafkaTexts.source("localhost:9092", "texts").groupId("scoring");
  }

  @Test
  void smallestExampleReadsWithoutEnd() throws Exception {
    var source = complete().build();

    assertThat(source.getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    assertThat(typeOf(source)).isEqualTo(KafkaTextTypeInfo.INSTANCE);
    assertThat(InstantiationUtil.clone(source)).isNotNull();
  }

  private static TypeInformation<?> typeOf(Source<?, ?, ?> source) {
    return ((ResultTypeQueryable<?>) source).getProducedType(); // As Flink asks.
  }

  @Test
  void boundedSourceEnds() throws Exception {
    var source = complete().boundedAt(OffsetsInitializer.latest()).build();

    assertThat(source.getBoundedness()).isEqualTo(Boundedness.BOUNDED);
    assertThat(typeOf(source)).isEqualTo(KafkaTextTypeInfo.INSTANCE);
    assertThat(InstantiationUtil.clone(source)).isNotNull();
  }

  @Test
  void checkpointOfASourceWithAnotherKindOfEndIsRefused() {
    KafkaPartitionSplit open = new KafkaPartitionSplit(PARTITION, 3);
    KafkaPartitionSplit ended = new KafkaPartitionSplit(PARTITION, 3, 7);

    assertThatIllegalStateException()
        .isThrownBy(() -> restore(complete(), ended))
        .withMessageContaining("not to end")
        .withMessageContaining("source.bounded");
    assertThatIllegalStateException()
        .isThrownBy(() -> restore(complete().boundedAt(OffsetsInitializer.latest()), open))
        .withMessageContaining("is to end")
        .withMessageContaining("source.bounded");
  }

  private static void restore(KafkaTexts texts, KafkaPartitionSplit split) throws Exception {
    var checkpoint = new KafkaSourceEnumState(List.of(split), List.of(), true);
    texts.build().restoreEnumerator(null, checkpoint).start();
  }

  @Test
  void clientPropertiesArePassedOn() {
    assertThat(complete().property("max.poll.records", "17").build()).isNotNull();
  }

  /** What its consumers do where the offset of a checkpoint is gone. */
  @Test
  void aRestoredJobLeavesOutNothingThatIsStillThere() throws Exception {
    assertThat(resetOf(complete())).isEqualTo("earliest");
    assertThat(resetOf(complete().startingAtLatest())).isEqualTo("earliest");
    assertThat(resetOf(complete().startingAt(Instant.EPOCH))).isEqualTo("earliest");
    assertThat(resetOf(complete().startingAt(OffsetsInitializer.latest()))).isEqualTo("latest");
  }

  private static String resetOf(KafkaTexts texts) throws Exception {
    // The connector shows it nowhere.
    Field settings = KafkaSource.class.getDeclaredField("props");
    settings.setAccessible(true);
    return ((Properties) settings.get(texts.connector())).getProperty("auto.offset.reset");
  }

  @Test
  void missingServersAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KafkaTexts.source(" ", "texts").groupId("g").build())
        .withMessageContaining("bootstrapServers must not be blank but is ' '")
        .withMessageContaining("host:port");
  }

  @Test
  void missingTopicIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KafkaTexts.source("localhost:9092", (String) null).groupId("g").build())
        .withMessageContaining("topic must not be blank but is 'null'");
  }

  @Test
  void severalTopicsAndPatternsCanBeShipped() throws Exception {
    assertThat(
            InstantiationUtil.clone(
                KafkaTexts.source("localhost:9092", "a", "b").groupId("g").build()))
        .isNotNull();
    assertThat(
            InstantiationUtil.clone(
                KafkaTexts.sourceMatching("localhost:9092", Pattern.compile("texts-.*"))
                    .groupId("g")
                    .startingAt(Instant.EPOCH)
                    .partitionDiscovery(Duration.ZERO)
                    .build()))
        .isNotNull();
  }

  @Test
  void oneOfSeveralTopicsThatIsBlankIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KafkaTexts.source("localhost:9092", "a", "").groupId("g").build())
        .withMessageContaining("topic must not be blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KafkaTexts.source("localhost:9092").groupId("g").build())
        .withMessageContaining("no topic to read")
        .withMessageContaining("sourceMatching()");
  }

  @Test
  void discoveryIntervalIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> complete().partitionDiscovery(Duration.ofSeconds(-1)))
        .withMessageContaining("PT-1S")
        .withMessageContaining("pass zero");
  }

  @Test
  void missingGroupIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KafkaTexts.source("localhost:9092", "texts").build())
        .withMessageContaining("call groupId()");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootstrap.servers",
        "group.id",
        "value.deserializer",
        "partition.discovery.interval.ms"
      })
  void ownSettingsAreRefusedAsProperties(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> complete().property(name, "x"))
        .withMessageContaining("'" + name + "' cannot be set by property();");
  }
}
