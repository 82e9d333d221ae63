package io.flinkinference.tools.parity;

import io.flinkinference.InferenceOptions;
import io.flinkinference.InferenceTask;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.model.GraphChoice;
import io.flinkinference.model.ModelInspector;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.LabelScore;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.ClassificationTask;
import io.flinkinference.task.LongText;
import io.flinkinference.task.Scoring;
import io.flinkinference.tools.session.Offline;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.SecondTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;

/** Asks models about texts, by the task that their directory says they are for. */
public final class Answers {

  private static final String OF_ORIGINAL =
      "The original cannot score the text in line %d: %s Take the text out.";

  private static final String OF_NEW_FORM =
      "The new form cannot score the text in line %d, which the original scores: %s So the form is"
          + " at fault, and nothing is kept. Take one of higher precision.";

  private final String model;
  private final GraphChoice choice;
  private final String failure;

  private Answers(String model, GraphChoice choice, String failure) {
    this.model = model;
    this.choice = choice;
    this.failure = failure;
  }

  /**
   * The answers of a model for which another is to stand in, in the order of the texts.
   *
   * @param model a directory or the name of a bundled model
   * @param choice which of its graphs
   * @param done called with each text that is answered
   * @throws ParityException if a text cannot be scored
   */
  public static Asked ofOriginal(
      String model, GraphChoice choice, List<SampleText> texts, Runnable done) {
    return new Answers(model, choice, OF_ORIGINAL).ask(texts, done);
  }

  /**
   * The answers of the model that is to stand in, to texts that the original has answered.
   *
   * @param model its directory
   * @param done called with each text that is answered
   * @throws ParityException if a text cannot be scored
   */
  public static Asked ofNewForm(String model, List<SampleText> texts, Runnable done) {
    return new Answers(model, GraphChoice.AUTO, OF_NEW_FORM).ask(texts, done);
  }

  private Asked ask(List<SampleText> texts, Runnable done) {
    List<String> tasks = ModelInspector.inspect(model, choice).tasks();
    List<Question> questions = questions(tasks, texts);
    if (tasks.contains("embedding")) {
      return ask(Tasks.embedding(), each(Answers::ofVector), questions, done);
    }
    if (tasks.contains("token-classification")) {
      InferenceTask<TokenAnswer> task =
          new InferenceTask<>(new TokenLabels(), TypeInformation.of(TokenAnswer.class));
      return ask(task, each(answer -> answer), questions, done);
    }
    if (tasks.contains("rerank")) {
      ClassificationTask raw = new ClassificationTask().withScoring(Scoring.RAW);
      return ask(Tasks.textClassification(raw), ScoreAnswer::all, questions, done);
    }
    return ask(Tasks.textClassification(), each(Answers::ofLabels), questions, done);
  }

  private static List<Question> questions(List<String> tasks, List<SampleText> texts) {
    boolean two = SecondTexts.areFor(tasks, texts);
    return IntStream.range(0, texts.size())
        .mapToObj(i -> new Question(texts.get(i), two ? SecondTexts.of(texts, i) : null))
        .toList();
  }

  private <R> Asked ask(
      InferenceTask<R> task,
      Function<List<R>, List<Answer>> form,
      List<Question> questions,
      Runnable done) {
    List<R> results = new ArrayList<>();
    boolean two = questions.stream().allMatch(question -> question.second() != null);
    try (TextScorer<R> scorer = TextScorer.open(model, task, options())) {
      scorer.score(
          questions.iterator(),
          question -> question.first().text(),
          two ? Question::second : null,
          outcome -> {
            if (outcome.failure() != null) {
              throw new ParityException(
                  failure.formatted(outcome.item().first().line(), outcome.failure().message()));
            }
            results.add(outcome.result());
            done.run();
          });
      return new Asked(form.apply(results), scorer.stamp());
    }
  }

  private static <R> Function<List<R>, List<Answer>> each(Function<R, Answer> form) {
    return results -> results.stream().map(form).toList();
  }

  private Configuration options() {
    // Else chance, which makes the batches, has its say.
    Configuration options = Offline.alone();
    // The first failure ends it, and is told with its line.
    options.set(InferenceOptions.MAX_CONSECUTIVE_FAILURES, Integer.MAX_VALUE);
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
    // Two labels of a model may have one name.
    Map<String, Float> scores =
        result.labels().stream()
            .collect(Collectors.toMap(LabelScore::label, LabelScore::score, Float::sum));
    return new LabelAnswer(scores, result.top().label());
  }

  /**
   * What a model is asked.
   *
   * @param second text beside the first; null where the model reads one
   */
  private record Question(SampleText first, String second) {}
}
