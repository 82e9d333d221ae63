package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import io.flinkinference.task.Aggregation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From texts to entities through a real engine: an encoder whose hidden state, four numbers a
 * token, is taken for the scores of four labels.
 */
class TokenClassificationTest {

  private static final List<String> TEXTS =
      List.of("t7 t8 t9", "\uD83D\uDE00 t7", "t9", "t3 t4 t5 t6 t7 t8 t9 t10 t11 t12");

  @TempDir Path directory;

  private String model() throws Exception {
    Path model = TestingModels.directory("tiny-encoder", directory);
    Path config = model.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("SequenceClassification", "TokenClassification")
            .replace("\"max_position_embeddings\": 512", "\"max_position_embeddings\": 64")
            .replaceFirst(
                "\"id2label\": \\{.*?}",
                "\"id2label\": {\"0\": \"O\", \"1\": \"B-A\", \"2\": \"I-A\", \"3\": \"B-B\"}"));
    return model.toString();
  }

  private Map<String, Entities> score(String model, List<String> texts) {
    Map<String, Entities> found = new HashMap<>();
    InferenceTask<Entities> task = Tasks.tokenClassification(Aggregation.NONE);
    try (TextScorer<Entities> scorer = TextScorer.open(model, task, new Configuration())) {
      scorer.<String>score(
          texts.iterator(),
          text -> text,
          outcome -> {
            assertThat(outcome.failure()).isNull();
            found.put(outcome.item(), outcome.result());
          });
    }
    return found;
  }

  @Test
  void aTextHasTheSameEntitiesAloneAndAmongOthers() throws Exception {
    String model = model();
    Map<String, Entities> together = score(model, TEXTS);
    for (String text : TEXTS) {
      assertThat(score(model, List.of(text)).get(text)).isEqualTo(together.get(text));
    }
    List<String> labels = new ArrayList<>();
    together.values().forEach(e -> e.entities().forEach(entity -> labels.add(entity.label())));
    assertThat(new TreeSet<>(labels)).as("not all the same").hasSizeGreaterThan(1);
  }

  @Test
  void entitiesAreThePartsThatTheyNameInBothWaysToCount() throws Exception {
    score(model(), TEXTS)
        .forEach(
            (text, entities) -> {
              for (Entity entity : entities.entities()) {
                assertThat(text.substring(entity.start(), entity.end())).isEqualTo(entity.text());
                int[] codePoints = text.codePoints().toArray();
                int length = entity.endCodePoint() - entity.startCodePoint();
                assertThat(new String(codePoints, entity.startCodePoint(), length))
                    .isEqualTo(entity.text());
              }
            });
  }

  @Test
  void aPrefixIsRefusedBeforeTheModelIsOpened() {
    Configuration options = new Configuration();
    options.set(InferenceOptions.TEXT_PREFIX, "query: ");
    InferenceTask<?> task = Tasks.tokenClassification(Aggregation.NONE);
    assertThatThrownBy(() -> ScoringSpec.of("no such model", task, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inference.text.prefix is 'query: '")
        .hasMessageContaining("Leave it out");
  }

  @Test
  void aSecondTextIsRefusedBeforeTheFirstRecord() throws Exception {
    InferenceTask<?> alone = Tasks.tokenClassification(Aggregation.NONE);
    InferenceTask<?> besides = Tasks.several(Map.of("vector", Tasks.embedding(), "names", alone));
    for (InferenceTask<?> task : List.of(alone, besides)) {
      assertThatThrownBy(
              () ->
                  TextInference.on(
                          StreamExecutionEnvironment.getExecutionEnvironment().fromData("a"))
                      .text(text -> text)
                      .pair(text -> text)
                      .model("unread")
                      .task(task)
                      .build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("reads one text");
    }
    try (TextScorer<?> scorer = TextScorer.open(model(), alone, new Configuration())) {
      assertThatThrownBy(
              () -> scorer.score(List.of("t7").iterator(), text -> text, text -> "t8", one -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("reads one text");
    }
  }
}
