package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.model.ModelException;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Entities;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TokenSpans;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenClassificationTaskTest {

  private static final String TEXT = "see Rome";

  /** A special token, two words, a special token. */
  private static Encoding encoding(boolean truncated) {
    return new Encoding(
        new int[] {1, 5, 6, 2},
        null,
        truncated,
        new TokenSpans(
            TEXT,
            new int[] {TokenSpans.NONE, 0, 4, TokenSpans.NONE},
            new int[] {TokenSpans.NONE, 3, 8, TokenSpans.NONE},
            false,
            false,
            false,
            false));
  }

  /** Of two rows, the first of which is longer; logits of two labels. */
  private static final Outputs OUTPUTS =
      Tensors.of(
          "logits",
          new int[] {2, 5, 2},
          0,
          9,
          0,
          9,
          0,
          9,
          0,
          9,
          0,
          9, // The first row.
          0,
          9,
          3,
          0,
          0,
          2,
          0,
          9,
          0,
          9); // The second, with one position of padding.

  private static TokenBatch batch(Encoding second) {
    return TokenBatch.of(Encoding.of(1, 5, 6, 7, 2), second);
  }

  private static LoadedModel model(String... labels) {
    InferenceEngine engine =
        TestingLoadedModels.declaring(new TensorSpec("logits", List.of(-1L, -1L, 2L)));
    return TestingLoadedModels.classifier(engine, null, labels);
  }

  @Test
  void entitiesAreReadFromTheTextsOwnRow() {
    try (LoadedModel model = model("O", "B-LOC")) {
      Entities found =
          new TokenClassificationTask(Aggregation.SIMPLE, true)
              .open(model)
              .decode(batch(encoding(false)), 1, OUTPUTS);
      assertThat(found.entities()).hasSize(1);
      assertThat(found.entities().get(0).label()).isEqualTo("LOC");
      assertThat(found.entities().get(0).text()).isEqualTo("Rome");
      assertThat(found.entities().get(0).score())
          .isEqualTo((float) (Math.exp(2) / (1 + Math.exp(2))));
      assertThat(found.redacted()).isEqualTo("see [LOC]");
    }
  }

  @Test
  void aTextWhoseEndNobodySawIsNotRedacted() {
    try (LoadedModel model = model("O", "B-LOC")) {
      TokenBatch batch = batch(encoding(true));
      assertThat(
              new TokenClassificationTask(Aggregation.SIMPLE, false)
                  .open(model)
                  .decode(batch, 1, OUTPUTS)
                  .entities())
          .hasSize(1);
      TaskDecoder<Entities> redacting =
          new TokenClassificationTask(Aggregation.SIMPLE, true).open(model);
      assertThatThrownBy(() -> redacting.decode(batch, 1, OUTPUTS))
          .isInstanceOfSatisfying(
              UnscorableException.class,
              e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.TOO_LONG));
    }
  }

  @Test
  void ofNoTextARedactedOneIsEmpty() {
    try (LoadedModel model = model("O", "B-LOC")) {
      TokenClassificationTask found = new TokenClassificationTask(Aggregation.SIMPLE, false);
      TokenClassificationTask redacted = new TokenClassificationTask(Aggregation.SIMPLE, true);
      assertThat(found.open(model).emptyResult()).isEqualTo(Entities.EMPTY);
      assertThat(redacted.open(model).emptyResult()).isEqualTo(new Entities(List.of(), ""));
    }
  }

  @Test
  void modelsThatDoNotSuitAreRefusedWithTheCure() {
    TokenClassificationTask task = new TokenClassificationTask(Aggregation.SIMPLE, false);
    try (LoadedModel one = model("O", "B-LOC", "I-LOC");
        LoadedModel none = model()) {
      assertThatThrownBy(() -> task.open(one))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("scores 2 labels")
          .hasMessageContaining("names 3");
      assertThatThrownBy(() -> task.open(none)).hasMessageContaining("Add id2label");
    }
    InferenceEngine classifier =
        TestingLoadedModels.declaring(new TensorSpec("logits", List.of(-1L, 2L)));
    try (LoadedModel model = TestingLoadedModels.classifier(classifier, null, "O", "B-LOC")) {
      assertThatThrownBy(() -> task.open(model))
          .hasMessageContaining("gives no logits [batch, tokens, labels]");
    }
  }

  @Test
  void redactionNeedsEntities() {
    assertThatThrownBy(() -> new TokenClassificationTask(Aggregation.NONE, true))
        .hasMessageContaining("aggregation NONE");
  }

  @Test
  void textsOfTheSameIdsAreNotEqualWhereTheirSpansAreAskedFor() {
    TokenSpans other = new TokenSpans("See Rome", new int[] {0}, new int[] {3}, false);
    TokenSpans same = new TokenSpans("see Rome", new int[] {0}, new int[] {3}, false);
    Encoding first = new Encoding(new int[] {5}, null, false, same);
    assertThat(first).isNotEqualTo(new Encoding(new int[] {5}, null, false, other));
    assertThat(first).isEqualTo(new Encoding(new int[] {5}, null, false, same));
    assertThat(first).isNotEqualTo(Encoding.of(5));
  }
}
