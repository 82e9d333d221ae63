package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.result.Classification;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import io.flinkinference.result.LabelScore;
import io.flinkinference.runtime.ModelLeases;
import io.flinkinference.task.Aggregation;
import io.flinkinference.task.LongText;
import io.flinkinference.task.WindowMerge;
import io.flinkinference.testing.TestingThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Windows through real tokenizers and engines, held against their parts scored one by one. */
@Timeout(300)
class LongTextsTest {

  private static final String MINILM = "all-minilm-l6-v2";
  private static final int LIMIT = 14; // 12 words beside the special tokens.
  private static final int OVERLAP = 4;

  @TempDir Path parent;

  private final Configuration options = new Configuration();

  @BeforeEach
  void askForWindows() {
    options.set(InferenceOptions.LONG_TEXT, LongText.WINDOW);
    options.set(InferenceOptions.MAX_TOKENS, LIMIT);
    options.set(InferenceOptions.WINDOW_OVERLAP, OVERLAP);
    options.set(InferenceOptions.TOKEN_BUDGET, 32); // Windows of a text in several batches.
    options.set(InferenceOptions.WARM_UP, false);
  }

  @AfterEach
  void noModelIsLeftInMemory() {
    assertThat(ModelLeases.SHARED.size()).isZero();
  }

  /** A text of words that are one token each. */
  private static List<String> words(int count, int seed) {
    String[] known = {"water", "house", "green", "train", "music", "river", "night", "glass"};
    Random random = new Random(seed);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(known[random.nextInt(known.length)]);
    }
    return words;
  }

  private static List<List<String>> windows(List<String> words, int room) {
    List<List<String>> windows = new ArrayList<>();
    for (int from = 0; ; from += room - OVERLAP) {
      int to = Math.min(words.size(), from + room);
      windows.add(words.subList(from, to));
      if (to == words.size()) {
        return windows;
      }
    }
  }

  private static <R> R score(String model, InferenceTask<R> task, Configuration with, String text) {
    List<R> results = new ArrayList<>();
    try (TextScorer<R> scorer = TextScorer.open(model, task, with)) {
      scorer.score(
          List.of(text).iterator(),
          one -> one,
          outcome -> {
            assertThat(outcome.failure()).isNull();
            results.add(outcome.result());
          });
    }
    return results.get(0);
  }

  @Test
  void theVectorOfALongTextIsTheWeightedMeanOfThoseOfItsWindows() {
    List<String> words = words(45, 1);
    double[] mean = new double[384];
    for (List<String> window : windows(words, LIMIT - 2)) {
      float[] vector = score(MINILM, Tasks.embedding(), options, String.join(" ", window)).values();
      for (int i = 0; i < mean.length; i++) {
        mean[i] += window.size() * vector[i];
      }
    }
    double length = 0;
    for (double value : mean) {
      length += value * value;
    }
    float[] whole = score(MINILM, Tasks.embedding(), options, String.join(" ", words)).values();
    for (int i = 0; i < mean.length; i++) {
      assertThat((double) whole[i]).isCloseTo(mean[i] / Math.sqrt(length), within(1e-5));
    }
  }

  @Test
  void bothTokenizersAndAllBatchesGiveTheSameBits() throws Exception {
    String text = String.join(" ", words(100, 2));
    Embedding inJava = score(MINILM, Tasks.embedding(), options, text);
    options.set(InferenceOptions.TOKENIZER, InferenceOptions.TokenizerKind.NATIVE);
    options.set(InferenceOptions.TOKEN_BUDGET, 256);
    assertThat(score(MINILM, Tasks.embedding(), options, text)).isEqualTo(inJava);
    try (var scorer = AsyncTextScorer.open(ScoringSpec.of(MINILM, Tasks.embedding(), options))) {
      assertThat(TestingThreads.get(scorer.score(text))).isEqualTo(inJava);
    }
  }

  @Test
  void aTextIsNearToWhatOneOfItsWindowsIsNearTo() {
    List<String> words = words(40, 3);
    Map<String, List<String>> names =
        Map.of(
            "part", List.of(String.join(" ", windows(words, LIMIT - 2).get(2))),
            "other", List.of("the committee has adopted the budget"));
    String text = String.join(" ", words);
    InferenceTask<Classification> task = Tasks.nearest(names, -1, 2);
    Classification near = score(MINILM, task, options, text);
    assertThat(near.top().label()).isEqualTo("part");
    assertThat((double) near.top().score()).isCloseTo(1, within(1e-5));
    options.set(InferenceOptions.WINDOW_MERGE, WindowMerge.MEAN);
    assertThat(score(MINILM, task, options, text).top().score()).isLessThan(0.95f);
  }

  @Test
  void eachWindowOfAPremiseMeetsTheWholeHypothesis() throws Exception {
    Path directory = TestingModels.directory(TestingModels.TROUBLED, parent);
    Path config = directory.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"zero\"", "\"contradiction\"")
            .replace("\"one\"", "\"neutral\"")
            .replace("\"two\"", "\"entailment\""));
    String model = directory.toString();
    Random random = new Random(5);
    List<String> premise = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      premise.add("t" + (20 + random.nextInt(60)));
    }
    List<String> inputs = new ArrayList<>();
    // This tokenizer has no special tokens; the hypothesis is two.
    windows(premise, LIMIT - 2).forEach(window -> inputs.add(String.join(" ", window)));
    inputs.add(String.join(" ", premise));
    options.set(InferenceOptions.WINDOW_MERGE, WindowMerge.MEAN);
    List<Map<String, Float>> results = new ArrayList<>();
    try (var pairs = TextScorer.open(model, Tasks.naturalLanguageInference(), options)) {
      pairs.<String>score(
          inputs.iterator(),
          text -> text,
          text -> "t81 t82",
          outcome -> results.add(byLabel(outcome.result())));
    }
    Map<String, Float> merged = results.remove(results.size() - 1);
    assertThat(results).hasSizeGreaterThan(3);
    for (String label : List.of("contradiction", "neutral", "entailment")) {
      double mean = results.stream().mapToDouble(one -> one.get(label)).average().orElseThrow();
      assertThat((double) merged.get(label)).isCloseTo(mean, within(1e-5));
    }
  }

  private static Map<String, Float> byLabel(Classification result) {
    Map<String, Float> scores = new HashMap<>();
    for (LabelScore label : result.labels()) {
      scores.put(label.label(), label.score());
    }
    return scores;
  }

  @Test
  void entitiesOfALongTextStandInItsOrderAndEachOnce() throws Exception {
    Path directory = TestingModels.directory("tiny-encoder", parent);
    Path config = directory.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("SequenceClassification", "TokenClassification")
            .replaceFirst(
                "\"id2label\": \\{.*?}",
                "\"id2label\": {\"0\": \"B-A\", \"1\": \"B-A\", \"2\": \"B-A\", \"3\": \"B-B\"}"));
    // Every token is an entity here.
    String text = "\uD83D\uDE00 t7 t8 t9 ".repeat(20).strip();
    Entities found =
        score(directory.toString(), Tasks.tokenClassification(Aggregation.NONE), options, text);
    assertThat(found.entities()).hasSizeGreaterThan(60);
    int end = 0;
    for (Entity entity : found.entities()) {
      assertThat(text.substring(end, entity.start())).isBlank();
      assertThat(entity.text()).isEqualTo(text.substring(entity.start(), entity.end()));
      assertThat(entity.startCodePoint()).isEqualTo(text.codePointCount(0, entity.start()));
      end = entity.end();
    }
    assertThat(end).isEqualTo(text.length());
  }

  @Test
  void whatIsKeptIsWhatIsScored() {
    List<String> words = words(40, 7);
    String text = String.join(" ", words);
    Map<LongText, List<String>> kept = new HashMap<>();
    kept.put(LongText.TRUNCATE, words.subList(0, 12));
    kept.put(LongText.KEEP_START, words.subList(0, 12));
    kept.put(LongText.KEEP_END, words.subList(28, 40));
    Configuration cutting = new Configuration();
    cutting.set(InferenceOptions.MAX_TOKENS, LIMIT);
    cutting.set(InferenceOptions.WARM_UP, false);
    kept.put(LongText.KEEP_BOTH_ENDS, words.subList(0, 6));
    kept.forEach(
        (policy, part) -> {
          cutting.set(InferenceOptions.LONG_TEXT, policy);
          String alone = String.join(" ", part);
          if (policy == LongText.KEEP_BOTH_ENDS) {
            alone += " " + String.join(" ", words.subList(34, 40));
          }
          List<Embedding> both = new ArrayList<>();
          try (TextScorer<Embedding> scorer = TextScorer.open(MINILM, Tasks.embedding(), cutting)) {
            List<String> texts = List.of(text, alone);
            scorer.score(texts.iterator(), one -> one, outcome -> both.add(outcome.result()));
          }
          assertThat(both.get(0)).as("%s", policy).isEqualTo(both.get(1));
        });
  }

  @Test
  void whatWindowsCannotHoldIsADeadLetter() {
    options.set(InferenceOptions.MAX_CHARACTERS, 100);
    options.set(InferenceOptions.MAX_WINDOWS, 2);
    List<TextOutcome<String, Embedding>> outcomes = new ArrayList<>();
    try (TextScorer<Embedding> scorer = TextScorer.open(MINILM, Tasks.embedding(), options)) {
      List<String> texts = List.of("a ".repeat(20), "a ".repeat(21), "a".repeat(101));
      scorer.score(texts.iterator(), one -> one, outcomes::add);
    }
    assertThat(outcomes.get(0).failure()).isNull();
    assertThat(outcomes.get(1).failure().reason()).isEqualTo(DeadLetterReason.TOO_LONG);
    assertThat(outcomes.get(1).failure().message()).contains("inference.text.max-windows is 2");
    assertThat(outcomes.get(2).failure().reason()).isEqualTo(DeadLetterReason.TOO_LONG);
    assertThat(outcomes.get(2).failure().message()).contains("inference.text.max-characters");
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    options.set(InferenceOptions.WINDOW_MERGE, WindowMerge.MAX);
    assertThatThrownBy(() -> TextScorer.open(MINILM, Tasks.embedding(), options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inference.text.window-merge is MAX");
    options.set(InferenceOptions.WINDOW_MERGE, WindowMerge.MEAN);
    options.set(InferenceOptions.WINDOW_OVERLAP, LIMIT - 2);
    assertThatThrownBy(
            () -> AsyncTextScorer.open(ScoringSpec.of(MINILM, Tasks.embedding(), options)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("room for no more than 12 tokens");
    options.set(InferenceOptions.LONG_TEXT, LongText.KEEP_END);
    assertThatThrownBy(() -> InferenceOptions.check(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inference.text.window-overlap is 12")
        .hasMessageContaining("inference.text.too-long is KEEP_END");
  }
}
