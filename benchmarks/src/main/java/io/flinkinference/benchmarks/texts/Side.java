package io.flinkinference.benchmarks.texts;

import io.flinkinference.benchmarks.peers.Peer;
import io.flinkinference.benchmarks.peers.Peers;
import io.flinkinference.benchmarks.peers.model.ModelSettings;
import java.util.List;

/**
 * A way to score texts, with a parallelism of its job. One subtask is enough for those that use all
 * cores within it; the others have a subtask a core, as the trials of {@code bench peers} found.
 */
record Side(Peer peer, int subtasks) {

  /** All peers. */
  static List<Side> all(ModelSettings model, int cores) {
    return List.of(
        new Side(Peers.map(model), 1),
        new Side(Peers.fifo(model), 1),
        new Side(Peers.async(model), 1),
        new Side(Peers.batcher(model), 1),
        new Side(Peers.langChain(model), 1),
        new Side(Peers.djl(model), 1),
        new Side(Peers.djlEach(model), cores),
        new Side(Peers.http(model), cores));
  }

  /** Those that may be best for one kind of texts or another. */
  static List<Side> likelyBest(ModelSettings model, int cores) {
    return List.of(
        new Side(Peers.fifo(model), 1),
        new Side(Peers.async(model), 1),
        new Side(Peers.batcher(model), 1),
        new Side(Peers.djlEach(model), cores));
  }
}
