package io.flinkinference.benchmarks.infinity;

import io.flinkinference.benchmarks.files.ScratchDirectory;
import io.flinkinference.benchmarks.measure.Benchmark;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.measure.Rounds;
import io.flinkinference.tools.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Hugging Face published of its server Infinity, measured here: a classifier of DistilBERT's
 * shape, end to end with tokenization, one text a run, on two cores.
 */
public final class InfinityBenchmark implements Benchmark {

  /** A side runs about as many tokens, so that all lengths take a like time. */
  private static final int TOKENS = 16_000;

  private static final int QUICK_TOKENS = 1_000;
  private static final int FEWEST = 24;
  private static final int FEWEST_QUICK = 2;
  private static final int MOST = 800;

  @Override
  public String name() {
    return "infinity";
  }

  @Override
  public String description() {
    return "requests/s of a DistilBERT at 8 to 512 tokens, beside Hugging Face Infinity's figures";
  }

  @Override
  public boolean takesModelAndTexts() {
    return false;
  }

  @Override
  public Report run(BenchmarkSettings settings) throws Exception {
    settings.progress().accept("  writing a model of DistilBERT's shape");
    try (ScratchDirectory scratch = ScratchDirectory.create();
        RandomModel model = RandomModel.write(Shape.DISTILBERT_BASE, scratch.path())) {
      SizedTexts texts = new SizedTexts(model.directory().resolve("tokenizer.json"));
      settings.progress().accept("  optimizing it to int8");
      List<ModelForm> forms =
          List.of(
              new ModelForm("fp32", model.directory()), OptimizedModel.write(model.directory()));
      Map<Integer, Outcome> outcomes = measure(forms, texts, settings);
      return InfinityReport.of(this, forms, outcomes, model.parameters());
    }
  }

  private static Map<Integer, Outcome> measure(
      List<ModelForm> forms, SizedTexts texts, BenchmarkSettings settings) throws Exception {
    List<Clients> all = new ArrayList<>();
    try {
      for (ModelForm form : forms) {
        all.add(Clients.one(form));
        all.add(Clients.two(form));
      }
      Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
      for (Published published : Published.ALL) {
        int tokens = published.tokens();
        settings.progress().accept("  " + tokens + " tokens");
        int fewest = settings.quick() ? FEWEST_QUICK : FEWEST;
        int wanted = (settings.quick() ? QUICK_TOKENS : TOKENS) / tokens;
        List<String> requests = texts.of(tokens, Math.max(fewest, Math.min(MOST, wanted)));
        List<Contender> contenders = new ArrayList<>();
        for (Clients clients : all) {
          // The first runs of a length find no memory of that size.
          clients.send(requests.subList(0, FEWEST_QUICK), tokens);
          contenders.add(Contender.of(clients.name(), () -> clients.send(requests, tokens)));
        }
        outcomes.put(tokens, Rounds.run(contenders, settings.rounds(), settings.progress()));
      }
      return outcomes;
    } finally {
      all.forEach(Clients::close);
    }
  }
}
