package io.flinkinference.tools.parity;

import io.flinkinference.InferenceOptions;
import io.flinkinference.InferenceTask;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.model.GraphChoice;
import io.flinkinference.model.ModelInspector;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import io.flinkinference.result.LabelScore;
import io.flinkinference.task.Aggregation;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.LongText;
import io.flinkinference.tools.session.Offline;
import io.flinkinference.tools.texts.SampleText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/** Asks models about texts, by the task that their directory says they are for. */
public final class Answers {

  private Answers() {}

  /**
   * The answers of a model, in the order of the texts.
   *
   * @param model a directory or the name of a bundled model
   * @param choice which of its graphs
   * @param done called with each text that is answered
   * @throws ParityException if a text cannot be scored
   */
  public static Asked of(String model, GraphChoice choice, List<SampleText> texts, Runnable done) {
    List<String> tasks = ModelInspector.inspect(model, choice).tasks();
    if (tasks.contains("embedding")) {
      return ask(model, choice, Tasks.embedding(), Answers::ofVector, texts, done);
    }
    if (tasks.contains("token-classification")) {
      InferenceTask<Entities> task = Tasks.tokenClassification(Aggregation.NONE);
      return ask(model, choice, task, Answers::ofEntities, texts, done);
    }
    InferenceTask<Classification> task = Tasks.textClassification();
    return ask(model, choice, task, Answers::ofLabels, texts, done);
  }

  private static <R> Asked ask(
      String model,
      GraphChoice choice,
      InferenceTask<R> task,
      Function<R, Answer> form,
      List<SampleText> texts,
      Runnable done) {
    List<Answer> answers = new ArrayList<>();
    try (TextScorer<R> scorer = TextScorer.open(model, task, options(choice))) {
      scorer.score(
          texts.iterator(),
          SampleText::text,
          outcome -> {
            if (outcome.failure() != null) {
              throw new ParityException(
                  "The text in line %d cannot be scored: %s Take it out."
                      .formatted(outcome.item().line(), outcome.failure().message()));
            }
            answers.add(form.apply(outcome.result()));
            done.run();
          });
      return new Asked(answers, scorer.stamp());
    }
  }

  private static Configuration options(GraphChoice choice) {
    Configuration options = Offline.options();
    // To find the best budget takes longer than these texts do.
    options.set(InferenceOptions.WARM_UP, false);
    // Each text alone: else chance, which makes the batches, changes what some models say.
    options.set(InferenceOptions.BATCH_MODE, BatchOptions.Mode.FIXED);
    options.set(InferenceOptions.TOKEN_BUDGET, 1);
    options.set(InferenceOptions.BLANK_TEXT, BlankText.SCORE);
    options.set(InferenceOptions.LONG_TEXT, LongText.TRUNCATE);
    options.set(InferenceOptions.MODEL_PRECISION, choice.precision());
    if (!choice.file().isEmpty()) {
      options.set(InferenceOptions.MODEL_FILE, choice.file());
    }
    return options;
  }

  private static Answer ofVector(Embedding embedding) {
    return new VectorAnswer(embedding.values());
  }

  private static Answer ofLabels(Classification result) {
    Map<String, Float> scores =
        result.labels().stream().collect(Collectors.toMap(LabelScore::label, LabelScore::score));
    return new LabelAnswer(scores, result.top().label());
  }

  private static Answer ofEntities(Entities result) {
    Map<String, Float> scores = new HashMap<>();
    for (Entity entity : result.entities()) {
      scores.put(entity.label() + "@" + entity.start(), entity.score());
    }
    List<String> found = scores.keySet().stream().sorted().toList();
    // No entity is a decision too.
    return new LabelAnswer(scores, found.toString());
  }
}
