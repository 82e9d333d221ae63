package io.flinkinference.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.peers.model.ModelSettings;
import io.flinkinference.model.Pooling;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PeersTest {

  /** The best peer goes by the length of the texts; of short ones it is the batcher. */
  @Test
  void eachPeerThatMayBeBestRunsTheGraphOfTheProjectToo() {
    ModelSettings model = new ModelSettings("", "", 8, Pooling.MEAN, true, 0, List.of());

    assertThat(Peers.onOwnGraph(model))
        .extracting(Peer::name)
        .containsExactly("c: async, same graph", "d: batcher, same graph", "f: DJL 1, same graph");
  }
}
