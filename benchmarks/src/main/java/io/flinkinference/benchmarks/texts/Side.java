package io.flinkinference.benchmarks.texts;

import io.flinkinference.benchmarks.peers.Peer;
import io.flinkinference.benchmarks.peers.Peers;
import io.flinkinference.benchmarks.peers.model.ModelSettings;
import java.util.List;

/**
 * A way to score texts, with a parallelism of its job that is set: a subtask a core for DJL with
 * one text a run and for HTTP, one for all others. {@code bench peers} tries both for each.
 *
 * @param mostSubtasks where there are enough texts for all of them
 */
record Side(Peer peer, int mostSubtasks) {

  /** Fewer, and it would be the last text of a subtask that decides. */
  private static final int LEAST_TEXTS_OF_A_SUBTASK = 16;

  int subtasks(int texts) {
    return Math.max(1, Math.min(mostSubtasks, texts / LEAST_TEXTS_OF_A_SUBTASK));
  }

  /** The ways themselves. */
  static List<Peer> peers(List<Side> sides) {
    return sides.stream().map(Side::peer).toList();
  }

  /** Those of some sides whose peers are among others. */
  static List<Side> of(List<Peer> peers, List<Side> sides) {
    return sides.stream().filter(side -> peers.contains(side.peer())).toList();
  }

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

  /** Those that may do most, on the graph that the project runs. */
  static List<Side> onOwnGraph(ModelSettings own, int cores) {
    return List.of(
        new Side(Peers.async(own).onOwnGraph(), 1),
        new Side(Peers.batcher(own).onOwnGraph(), 1),
        new Side(Peers.djlEach(own).onOwnGraph(), cores));
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
