package io.flinkinference.examples.score;

import io.flinkinference.InferenceOptions;
import io.flinkinference.InferenceTask;
import io.flinkinference.TaskCatalog;
import io.flinkinference.TextScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;

/**
 * Scores one short text, or pair of texts, by each of some tasks: what a model's files cannot tell,
 * its run does.
 *
 * <p><b>Thread safety:</b> immutable.
 */
public final class TrialRun {

  private static final String TEXT = "A short text to see whether the model runs.";
  private static final String PAIR = "And a second one.";

  private final String model;
  private final Configuration options;

  /**
   * @param options of the operator; of them the choice of the graph counts
   */
  public TrialRun(String model, Configuration options) {
    this.model = model;
    this.options = new Configuration(options);
    this.options.set(InferenceOptions.WARM_UP, false);
    this.options.set(InferenceOptions.CONCURRENCY, 1);
  }

  /**
   * Runs the tasks that need no options of their own.
   *
   * @param tasks by their names
   * @return what is wrong, each with its task; empty where all ran
   */
  public List<String> problems(List<String> tasks) {
    List<String> problems = new ArrayList<>();
    for (String task : tasks) {
      InferenceTask<?> plain;
      try {
        plain = TaskCatalog.named(task).task(new Configuration());
      } catch (IllegalArgumentException e) {
        continue; // It has labels or texts of the user's, and runs the graph as the others do.
      }
      try {
        run(plain).forEach(problem -> problems.add(task + ": " + problem));
      } catch (RuntimeException e) {
        problems.add(task + ": " + e.getMessage());
      }
    }
    return problems;
  }

  private <R> List<String> run(InferenceTask<R> task) {
    List<String> problems = new ArrayList<>();
    Function<String, String> pair = task.task().form().needsPair() ? text -> PAIR : null;
    try (TextScorer<R> scorer = TextScorer.open(model, task, options)) {
      scorer.score(
          List.of(TEXT).iterator(),
          text -> text,
          pair,
          outcome -> {
            if (outcome.failure() != null) {
              problems.add(outcome.failure().reason() + ": " + outcome.failure().message());
            }
          });
    }
    return problems;
  }
}
