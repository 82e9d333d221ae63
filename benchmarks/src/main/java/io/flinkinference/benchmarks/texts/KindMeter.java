package io.flinkinference.benchmarks.texts;

import io.flinkinference.benchmarks.bare.Limit;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.peers.Forms;
import io.flinkinference.benchmarks.peers.JobContender;
import io.flinkinference.benchmarks.peers.Peer;
import io.flinkinference.benchmarks.peers.Product;
import io.flinkinference.benchmarks.peers.Rehearsal;
import io.flinkinference.benchmarks.peers.job.Load;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.model.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs all sides with kinds of texts, one kind after the other.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class KindMeter {

  private static final int WARM_UP = 100;
  private static final int WARM_UP_QUICK = 16;

  private final Forms forms;
  private final Model own;
  private final List<Peer> peers;
  private final List<Peer> sameGraph;
  private final BenchCluster cluster;
  private final BenchmarkSettings settings;
  private final Rehearsal rehearsal;

  /**
   * @param own what the project runs, with the graph that it makes of it
   * @param peers with what is published
   * @param sameGraph peers that run the graph of the project, where the others do not
   * @param rehearsal keeps which of them fail
   */
  KindMeter(
      Forms forms,
      Model own,
      List<Peer> peers,
      List<Peer> sameGraph,
      BenchCluster cluster,
      BenchmarkSettings settings,
      Rehearsal rehearsal) {
    this.forms = forms;
    this.own = own;
    this.peers = peers;
    this.sameGraph = sameGraph;
    this.cluster = cluster;
    this.settings = settings;
    this.rehearsal = rehearsal;
  }

  /** Measures each kind. */
  List<Measured> measure(List<Workload> kinds) throws Exception {
    List<Measured> measured = new ArrayList<>();
    for (Workload kind : kinds) {
      measured.add(measure(Tokenized.of(kind, forms.peers())));
    }
    return measured;
  }

  private Measured measure(Tokenized texts) throws Exception {
    settings.progress().accept("  " + texts.description());
    List<Double> padding = new ArrayList<>();
    try (Limit limit =
        Limit.search(own, forms.own(texts).encodings(), settings.quick(), settings.progress())) {
      JobContender project = job(Product.of(settings), texts);
      List<Contender> contenders = new ArrayList<>(limit.contenders());
      contenders.add(
          Contender.of(
              project.name(),
              () -> {
                Sample sample = project.run();
                padding.add(cluster.metrics().padding());
                return sample;
              }));
      peers.forEach(side -> contenders.add(job(side, texts)));
      sameGraph.forEach(side -> contenders.add(job(side, texts)));
      Outcome outcome =
          Rounds.run(
              contenders,
              settings.rounds(),
              settings.progress(),
              rehearsal.leavingOut(
                  name -> names(peers).contains(name) || names(sameGraph).contains(name)));
      Limit.Best best = limit.best(outcome);
      return new Measured(
          texts.workload().description(),
          texts.meanTokens(),
          best.outcome(),
          best.shape(),
          names(peers),
          names(sameGraph),
          padding.get(padding.size() - 1));
    }
  }

  private JobContender job(Peer side, Tokenized texts) {
    int cores = Runtime.getRuntime().availableProcessors();
    int subtasks = side.subtasks(texts.encodings().size(), cores);
    int warmUp = settings.quick() ? WARM_UP_QUICK : WARM_UP;
    Load load = Load.allAtOnce(texts, subtasks, Math.max(1, warmUp / subtasks));
    return new JobContender(side, cluster, load);
  }

  private static List<String> names(List<Peer> sides) {
    return sides.stream().map(Peer::name).toList();
  }
}
