package io.flinkinference.benchmarks.latency;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.Benchmark;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.peers.Forms;
import io.flinkinference.benchmarks.peers.OwnGraph;
import io.flinkinference.benchmarks.peers.Peer;
import io.flinkinference.benchmarks.peers.Peers;
import io.flinkinference.benchmarks.peers.Product;
import io.flinkinference.benchmarks.peers.Rehearsal;
import io.flinkinference.benchmarks.peers.model.ModelSettings;
import io.flinkinference.benchmarks.workload.Workloads;
import io.flinkinference.tools.report.Report;
import java.util.ArrayList;
import java.util.List;

/**
 * Latency against load. Texts arrive at times that are set beforehand and do not wait for the job;
 * a latency begins at that time, so that waiting before the source counts.
 */
public final class LatencyBenchmark implements Benchmark {

  /** The load at which the operator stands idle most of the time. */
  static final int LIGHT = 10;

  /** The load at which sides are compared. */
  static final int HEAVY = 80;

  private static final List<Integer> LOADS = List.of(LIGHT, 50, HEAVY, 95, 120);

  /** More than are in flight at once: equal texts in flight are scored once by the project. */
  private static final int TEXTS = 2_000;

  private static final int TEXTS_QUICK = 1_100;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String description() {
    return "from arrival to result, under loads of 10 to 120 % of the capacity, beside three peers";
  }

  @Override
  public boolean takesOwnForm() {
    return true;
  }

  @Override
  public Report run(BenchmarkSettings settings) throws Exception {
    Forms forms = Forms.of(settings);
    Tokenized texts =
        Tokenized.of(
            Workloads.of(settings, settings.quick() ? TEXTS_QUICK : Workloads.forCores(TEXTS)),
            forms.peers());
    Tokenized ownTexts = forms.own(texts);
    ModelSettings model = ModelSettings.of(forms.peers());
    Peer project = Product.of(settings);
    try (OwnGraph own = OwnGraph.of(forms, ownTexts);
        BenchCluster cluster = BenchCluster.start(1)) {
      Rehearsal rehearsal = new Rehearsal(cluster, texts, settings.progress());
      rehearsal.require(project);
      List<Peer> sides = new ArrayList<>(List.of(project));
      sides.addAll(
          rehearsal.someAble(List.of(Peers.map(model), Peers.async(model), Peers.batcher(model))));
      List<String> peers = sides.stream().skip(1).map(Peer::name).toList();
      LoadedSides loaded =
          new LoadedSides(sides, cluster, texts, settings, rehearsal.leavingOut(peers::contains));
      settings.progress().accept("  capacity, all texts at once:");
      Outcome capacities = loaded.capacities();
      double capacity = capacities.recordsPerSecond(Product.NAME);
      int arrivals = loaded.arrivals(LoadedSide.of(project, LIGHT, capacity, capacity));
      Turn bare =
          new Turn("one bare run", "", round -> BareRun.of(own.model(), ownTexts, arrivals));
      List<Point> same = new ArrayList<>();
      List<Point> owns = new ArrayList<>();
      for (int percent : LOADS) {
        settings.progress().accept("  at %d %%:".formatted(percent));
        sides.removeIf(side -> rehearsal.hasFailed(side.name()));
        List<LoadedSide> all = new ArrayList<>();
        for (Peer side : sides) {
          double its = capacities.recordsPerSecond(side.name());
          all.add(LoadedSide.of(side, percent, capacity, its));
        }
        // What is compared takes turns, for the machine may change in the meantime.
        if (percent == HEAVY) {
          for (Peer peer : sides.subList(1, sides.size())) {
            double its = capacities.recordsPerSecond(peer.name());
            all.add(LoadedSide.of(peer, percent, its, its));
          }
        }
        List<Point> points = loaded.under(all, percent == LIGHT ? List.of(bare) : List.of());
        same.addAll(points.subList(0, sides.size()));
        owns.addAll(points.subList(sides.size(), points.size()));
      }
      same.removeIf(point -> rehearsal.hasFailed(point.side()));
      owns.removeIf(point -> rehearsal.hasFailed(point.side()));
      return new LatencyReport(forms.title(), texts, bare.rounds(), same, owns, rehearsal)
          .report(name());
    }
  }
}
