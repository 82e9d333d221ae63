package io.flinkinference.benchmarks.infinity;

import io.flinkinference.InferenceOptions;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.benchmarks.bare.Callers;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.result.Classification;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;

/**
 * Clients that each send a text, wait for its scores, and send the next one: so each engine run has
 * one text. Together they keep two cores busy.
 */
final class Clients implements AutoCloseable {

  private final String name;
  private final Callers callers;
  private final TextScorer<Classification> scorer;

  private Clients(ModelForm form, int clients, int intraOpThreads) {
    this.name =
        "%s, %d x %d %s"
            .formatted(
                form.name(), clients, intraOpThreads, intraOpThreads == 1 ? "thread" : "threads");
    Configuration options = new Configuration();
    options.set(InferenceOptions.CONCURRENCY, clients);
    options.set(InferenceOptions.INTRA_OP_THREADS, intraOpThreads);
    // It would run batches, of which there are none here.
    options.set(InferenceOptions.WARM_UP, false);
    this.scorer = TextScorer.open(form.model().toString(), Tasks.textClassification(), options);
    this.callers = new Callers(clients);
  }

  /** One request at a time, on which two threads work. */
  static Clients one(ModelForm form) {
    return new Clients(form, 1, 2);
  }

  /** Two requests at a time, a thread for each. */
  static Clients two(ModelForm form) {
    return new Clients(form, 2, 1);
  }

  String name() {
    return name;
  }

  /** Sends all texts and returns when the last has its scores. */
  Sample send(List<String> texts, int tokens) throws InterruptedException, ExecutionException {
    return callers.run(
        texts.size(),
        number -> request(texts.get(number)),
        texts.size(),
        texts.size() * (long) tokens);
  }

  private void request(String text) {
    scorer.score(
        List.of(text).iterator(),
        item -> item,
        outcome -> {
          if (outcome.result() == null) {
            throw new IllegalStateException("A text was not scored: " + outcome.failure() + ".");
          }
        });
  }

  @Override
  public void close() {
    callers.close();
    scorer.close();
  }
}
