package io.flinkinference.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ThreadGroupsTest {

  @Test
  void threadsAreKnownByTheNamesThatTheirLibrariesGive() {
    assertThat(ThreadGroups.of("inference-all-minilm-l6-v2-1")).isEqualTo(ThreadGroups.ENGINE);
    assertThat(ThreadGroups.of("Source: texts -> Score with m (1/2)#0"))
        .isEqualTo(ThreadGroups.TASKS);
    assertThat(ThreadGroups.of("Source Data Fetcher for Source: texts (1/1)#0"))
        .isEqualTo(ThreadGroups.FETCHERS);
    assertThat(ThreadGroups.of("kafka-producer-network-thread | producer-1"))
        .isEqualTo(ThreadGroups.PRODUCERS);
    assertThat(ThreadGroups.of("flink-pekko.actor.default-dispatcher-4"))
        .isEqualTo(ThreadGroups.FLINK);
  }
}
