package io.flinkinference.benchmarks.texts;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.peers.Peer;
import io.flinkinference.benchmarks.peers.model.ModelSettings;
import io.flinkinference.model.Pooling;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SideTest {

  private static final ModelSettings MODEL =
      new ModelSettings("", "", 8, Pooling.MEAN, true, 0, List.of());

  @Test
  void theBatcherRunsTheGraphOfTheProjectTooForOfShortTextsItIsTheBestPeer() {
    assertThat(Side.peers(Side.onOwnGraph(MODEL, 4)))
        .extracting(Peer::name)
        .containsExactly("c: async, same graph", "d: batcher, same graph", "f: DJL 1, same graph");
  }
}
