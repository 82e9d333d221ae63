package io.flinkinference.benchmarks.texts;

import io.flinkinference.benchmarks.Benchmark;
import io.flinkinference.benchmarks.BenchmarkSettings;
import io.flinkinference.benchmarks.bare.Limit;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.peers.Forms;
import io.flinkinference.benchmarks.peers.JobContender;
import io.flinkinference.benchmarks.peers.OwnGraph;
import io.flinkinference.benchmarks.peers.Peer;
import io.flinkinference.benchmarks.peers.Peers;
import io.flinkinference.benchmarks.peers.Product;
import io.flinkinference.benchmarks.peers.job.Load;
import io.flinkinference.benchmarks.peers.model.ModelSettings;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.model.Model;
import io.flinkinference.tools.report.Report;
import java.util.ArrayList;
import java.util.List;

/**
 * The project in a job without Kafka, held against the bare engine and against the peers that could
 * be best, by kinds of texts: one text a run, which wastes nothing on padding, and batches of 32,
 * which waste nothing on runs.
 */
public final class TextsBenchmark implements Benchmark {

  private static final int WARM_UP = 100;
  private static final int WARM_UP_QUICK = 16;

  @Override
  public String name() {
    return "texts";
  }

  @Override
  public String description() {
    return "texts of 8 tokens to 512 or what the model takes, and mixes: beside bare engine and peers";
  }

  @Override
  public boolean takesOwnForm() {
    return true;
  }

  @Override
  public Report run(BenchmarkSettings settings) throws Exception {
    Forms forms = Forms.of(settings);
    Model model = forms.peers();
    TextKinds kinds = TextKinds.of(settings, model);
    ModelSettings files = ModelSettings.of(model);
    List<Peer> sides =
        List.of(Product.of(settings), Peers.fifo(files), Peers.async(files), Peers.batcher(files));
    try (BenchCluster cluster = BenchCluster.start(1)) {
      List<Measured> lengths = new ArrayList<>();
      for (Workload workload : kinds.byLength()) {
        lengths.add(measure(Tokenized.of(workload, model), forms, sides, cluster, settings));
      }
      List<Measured> mixes = new ArrayList<>();
      for (Workload workload : kinds.mixes()) {
        mixes.add(measure(Tokenized.of(workload, model), forms, sides, cluster, settings));
      }
      return new TextsReport(forms.title(), lengths, mixes).report(name());
    }
  }

  private static Measured measure(
      Tokenized texts,
      Forms forms,
      List<Peer> sides,
      BenchCluster cluster,
      BenchmarkSettings settings)
      throws Exception {
    settings.progress().accept("  " + texts.description());
    Load load = Load.allAtOnce(texts, 1, settings.quick() ? WARM_UP_QUICK : WARM_UP);
    double[] padding = new double[1];
    try (OwnGraph own = OwnGraph.of(forms, texts);
        Limit limit =
            Limit.search(own.model(), texts.encodings(), settings.quick(), settings.progress())) {
      List<Contender> contenders = new ArrayList<>(List.of(limit));
      for (Peer side : sides) {
        JobContender job = new JobContender(side, cluster, load);
        contenders.add(
            Contender.of(
                side.name(),
                () -> {
                  Sample sample = job.run();
                  if (side.name().equals(Product.NAME)) {
                    padding[0] = cluster.metrics().padding();
                  }
                  return sample;
                }));
      }
      Outcome outcome = Rounds.run(contenders, settings.rounds(), settings.progress());
      List<String> peers = sides.stream().skip(1).map(Peer::name).toList();
      return new Measured(
          texts.workload().description(), texts.meanTokens(), outcome, peers, padding[0]);
    }
  }
}
