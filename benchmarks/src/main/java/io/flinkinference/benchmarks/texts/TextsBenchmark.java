package io.flinkinference.benchmarks.texts;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.Benchmark;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.peers.Forms;
import io.flinkinference.benchmarks.peers.OwnGraph;
import io.flinkinference.benchmarks.peers.Peer;
import io.flinkinference.benchmarks.peers.Peers;
import io.flinkinference.benchmarks.peers.Product;
import io.flinkinference.benchmarks.peers.Rehearsal;
import io.flinkinference.benchmarks.peers.model.DjlRuntime;
import io.flinkinference.benchmarks.peers.model.ModelSettings;
import io.flinkinference.tools.report.Report;
import java.util.List;

/**
 * The project in a job without Kafka, held against the bare engine and against all peers, by kinds
 * of texts: those that run one text at a time waste nothing on padding, those with batches of 32
 * waste nothing on runs. A quick run has those that could be best.
 */
public final class TextsBenchmark implements Benchmark {

  @Override
  public String name() {
    return "texts";
  }

  @Override
  public String description() {
    return "texts of 8 tokens to 512 or what the model takes, and mixes: beside bare engine and peers";
  }

  @Override
  public void prepare() {
    DjlRuntime.start();
  }

  @Override
  public boolean takesOwnForm() {
    return true;
  }

  @Override
  public Report run(BenchmarkSettings settings) throws Exception {
    Forms forms = Forms.of(settings);
    ModelSettings model = ModelSettings.of(forms.peers());
    TextKinds kinds = TextKinds.of(settings, forms.peers());
    Tokenized mixed = Tokenized.of(kinds.mixes().get(0), forms.peers());
    try (BenchCluster cluster = BenchCluster.start(Runtime.getRuntime().availableProcessors());
        OwnGraph own = OwnGraph.of(forms, forms.own(mixed))) {
      Rehearsal rehearsal = new Rehearsal(cluster, mixed, settings.progress());
      rehearsal.require(Product.of(settings));
      List<Peer> peers =
          rehearsal.someAble(settings.quick() ? Peers.likelyBest(model) : Peers.all(model));
      List<Peer> sameGraph =
          forms.differ()
              ? rehearsal.able(Peers.onOwnGraph(ModelSettings.of(own.model())))
              : List.of();
      KindMeter meter =
          new KindMeter(forms, own.model(), peers, sameGraph, cluster, settings, rehearsal);
      return new TextsReport(
              forms.title(),
              meter.measure(kinds.byLength()),
              meter.measure(kinds.mixes()),
              rehearsal)
          .report(name());
    }
  }
}
