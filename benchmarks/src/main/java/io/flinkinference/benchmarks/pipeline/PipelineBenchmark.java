package io.flinkinference.benchmarks.pipeline;

import io.flinkinference.benchmarks.bare.Limit;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.bare.TokenizerOnly;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.measure.Benchmark;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.benchmarks.workload.EuroparlTexts;
import io.flinkinference.benchmarks.workload.Workloads;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole way of a text, held against the bare engine. */
public final class PipelineBenchmark implements Benchmark {

  private static final int TEXTS = 8_000;
  private static final int TEXTS_QUICK = 400;

  /** Many, so that the compilers are done with all that is run once a text. */
  private static final int SHORT_TEXTS = 20_000;

  private static final int WORDS = 4;
  private static final List<Integer> PARALLELISMS = List.of(1, 2);

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public String description() {
    return "Kafka to Kafka with exactly-once, held against the bare engine on the same texts";
  }

  @Override
  public Report run(BenchmarkSettings settings) throws Exception {
    Model model = ModelRepositories.standard().resolve(settings.model());
    Tokenized texts =
        Tokenized.of(
            Workloads.of(settings, settings.quick() ? TEXTS_QUICK : Workloads.forCores(TEXTS)),
            model);
    int most = PARALLELISMS.get(PARALLELISMS.size() - 1);
    try (LocalKafka kafka = LocalKafka.start();
        BenchCluster cluster = BenchCluster.start(most);
        TokenizerOnly tokenizer = new TokenizerOnly(model, texts);
        Limit limit =
            Limit.search(model, texts.encodings(), settings.quick(), settings.progress())) {
      TextTopic.fill(kafka, Pipeline.TEXTS, most, texts.workload().texts());
      List<Pipeline> pipelines =
          PARALLELISMS.stream()
              .map(p -> new Pipeline(kafka, cluster, settings.model(), model, texts, p))
              .toList();
      List<Contender> contenders = new ArrayList<>(limit.contenders());
      contenders.add(tokenizer);
      contenders.addAll(pipelines);
      if (!settings.quick()) {
        settings.progress().accept("  the pipeline with short texts, for the compilers");
        List<String> shortTexts = EuroparlTexts.read().ofWords(WORDS, SHORT_TEXTS).texts();
        TextTopic.fill(kafka, Pipeline.SHORT_TEXTS, most, shortTexts);
        for (Pipeline pipeline : pipelines) {
          pipeline.warmUp(Pipeline.SHORT_TEXTS);
        }
      }
      Limit.Best best = limit.best(Rounds.run(contenders, settings.rounds(), settings.progress()));
      return new Report(
          name(),
          "From Kafka topic to Kafka topic, exactly once, with the model " + model.name(),
          figures(best, texts),
          List.of(
              compared(best, texts, settings.quick()),
              CostTables.processor(best.outcome(), pipelines),
              CostTables.operator(pipelines)));
    }
  }

  private static Map<String, Object> figures(Limit.Best best, Tokenized texts) {
    Outcome outcome = best.outcome();
    Map<String, Object> figures = new LinkedHashMap<>();
    double least = Double.MAX_VALUE;
    for (int parallelism : PARALLELISMS) {
      String side = Pipeline.name(parallelism);
      double ratio = outcome.ratio(side, Limit.NAME);
      least = Math.min(least, ratio);
      figures.put("ratioToLimitAtParallelism" + parallelism, ratio);
      figures.put("recordsPerSecondAtParallelism" + parallelism, outcome.recordsPerSecond(side));
    }
    figures.put("ratioToLimit", least);
    figures.put("limitRecordsPerSecond", outcome.recordsPerSecond(Limit.NAME));
    figures.put("limitShape", best.shape().toString());
    figures.put("texts", texts.description());
    return figures;
  }

  private static Section compared(Limit.Best best, Tokenized texts, boolean quick) {
    Outcome outcome = best.outcome();
    String warmUp =
        quick
            ? ""
            : " It ran before that with %,d short texts at each parallelism, for the compilers."
                .formatted(SHORT_TEXTS);
    return new Section(
        "The pipeline beside the bare engine",
        ("Texts: %s. The bare engine gets them tokenized and sorted by length, %s"
                + " (the best of some shapes in the rounds). The pipeline reads them from a topic,"
                + " with all defaults but no prompt before a text, and a checkpoint each second,"
                + " and each result was found once by a reader of what is committed.%s Its figures"
                + " are of the time between the first tenth of the results and the last, in which"
                + " it did as many records as have the tokens of what came out in the mean, and its"
                + " processor time has the broker's in it.")
            .formatted(texts.description(), best.shape(), warmUp),
        outcome.table(Limit.NAME),
        List.of(outcome.bars("Records a second, from topic to topic and of the engine alone")));
  }
}
