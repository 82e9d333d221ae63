package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.bare.Limit;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.Benchmark;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.peers.job.Load;
import io.flinkinference.benchmarks.peers.model.DjlRuntime;
import io.flinkinference.benchmarks.peers.model.ModelSettings;
import io.flinkinference.benchmarks.workload.Workloads;
import io.flinkinference.tools.report.Report;
import java.util.ArrayList;
import java.util.List;

/** The project and its peers, in the same job with the same texts and the same model file. */
public final class PeersBenchmark implements Benchmark {

  private static final int TEXTS = 1_500;
  private static final int TEXTS_QUICK = 120;
  private static final int WARM_UP = 200;
  private static final int WARM_UP_QUICK = 16;

  @Override
  public String name() {
    return "peers";
  }

  @Override
  public String description() {
    return "the project and what users would otherwise run, inside the same job";
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
    Tokenized texts =
        Tokenized.of(
            Workloads.of(settings, settings.quick() ? TEXTS_QUICK : Workloads.forCores(TEXTS)),
            forms.peers());
    Tokenized ownTexts = forms.own(texts);
    int warmUp = settings.quick() ? WARM_UP_QUICK : WARM_UP;
    int cores = Runtime.getRuntime().availableProcessors();
    try (BenchCluster cluster = BenchCluster.start(cores);
        OwnGraph own = OwnGraph.of(forms, ownTexts)) {
      Rehearsal rehearsal = new Rehearsal(cluster, texts, settings.progress());
      Peer project = Product.of(settings);
      rehearsal.require(project);
      List<Peer> sides = new ArrayList<>(List.of(project));
      sides.addAll(rehearsal.someAble(Peers.all(model)));
      List<Peer> sameGraph =
          forms.differ()
              ? rehearsal.able(Peers.onOwnGraph(ModelSettings.of(own.model())))
              : List.of();
      sides.addAll(sameGraph);
      Variants variants =
          Variants.of(
              sides,
              Variants.parallelisms(texts.encodings().size(), cores, settings.quick()),
              (side, subtasks) ->
                  new JobContender(side, cluster, Load.allAtOnce(texts, subtasks, warmUp)));
      try (Limit limit =
          Limit.search(own.model(), ownTexts.encodings(), settings.quick(), settings.progress())) {
        List<Contender> all = new ArrayList<>(variants.all());
        all.addAll(limit.contenders());
        Outcome outcome =
            Rounds.run(
                all,
                settings.rounds(),
                settings.progress(),
                rehearsal.leavingOut(variants::isPeer));
        Variants ran = variants.in(outcome);
        return new PeersReport(
                sides.stream().filter(ran::has).toList(),
                sameGraph.stream().filter(ran::has).map(Peer::name).toList(),
                ran,
                limit.best(outcome),
                rehearsal,
                forms,
                texts)
            .report(name());
      }
    }
  }
}
