package io.flinkinference.benchmarks.texts;

import io.flinkinference.benchmarks.Benchmark;
import io.flinkinference.benchmarks.BenchmarkSettings;
import io.flinkinference.benchmarks.bare.Limit;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.peers.Forms;
import io.flinkinference.benchmarks.peers.JobContender;
import io.flinkinference.benchmarks.peers.OwnGraph;
import io.flinkinference.benchmarks.peers.Product;
import io.flinkinference.benchmarks.peers.job.Load;
import io.flinkinference.benchmarks.peers.model.DjlRuntime;
import io.flinkinference.benchmarks.peers.model.ModelSettings;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.model.Model;
import io.flinkinference.tools.report.Report;
import java.util.ArrayList;
import java.util.List;

/**
 * The project in a job without Kafka, held against the bare engine and against all peers, by kinds
 * of texts: those that run one text at a time waste nothing on padding, those with batches of 32
 * waste nothing on runs. A quick run has those that could be best.
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
    Model model = forms.peers();
    TextKinds kinds = TextKinds.of(settings, model);
    ModelSettings files = ModelSettings.of(model);
    int cores = Runtime.getRuntime().availableProcessors();
    List<Side> sides = new ArrayList<>(List.of(new Side(Product.of(settings), 1)));
    sides.addAll(settings.quick() ? Side.likelyBest(files, cores) : Side.all(files, cores));
    try (BenchCluster cluster = BenchCluster.start(cores)) {
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
      List<Side> sides,
      BenchCluster cluster,
      BenchmarkSettings settings)
      throws Exception {
    settings.progress().accept("  " + texts.description());
    int warmUp = settings.quick() ? WARM_UP_QUICK : WARM_UP;
    double[] padding = new double[1];
    try (OwnGraph own = OwnGraph.of(forms, texts);
        Limit limit =
            Limit.search(own.model(), texts.encodings(), settings.quick(), settings.progress())) {
      List<Contender> contenders = new ArrayList<>(limit.contenders());
      for (Side side : sides) {
        int subtasks = side.subtasks(texts.encodings().size());
        Load load = Load.allAtOnce(texts, subtasks, warmUp / subtasks);
        JobContender job = new JobContender(side.peer(), cluster, load);
        contenders.add(
            Contender.of(
                side.peer().name(),
                () -> {
                  Sample sample = job.run();
                  if (side.peer().name().equals(Product.NAME)) {
                    padding[0] = cluster.metrics().padding();
                  }
                  return sample;
                }));
      }
      Limit.Best best = limit.best(Rounds.run(contenders, settings.rounds(), settings.progress()));
      List<String> peers = sides.stream().skip(1).map(side -> side.peer().name()).toList();
      return new Measured(
          texts.workload().description(),
          texts.meanTokens(),
          best.outcome(),
          best.shape(),
          peers,
          padding[0]);
    }
  }
}
