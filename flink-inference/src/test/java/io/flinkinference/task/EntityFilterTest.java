package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.model.ModelException;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityFilterTest {

  private static final String TEXT = "Ann 😀 saw Rome";
  private static final Entity ANN = Entity.of("PER", 0.6f, 0, 6, TEXT);
  private static final Entity ROME = Entity.of("LOC", 0.9f, 11, 15, TEXT);
  private static final TokenClassificationTask TASK =
      new TokenClassificationTask(Aggregation.SIMPLE, true);

  private static Entities result(TokenClassificationTask task) {
    return task.result(TEXT, List.of(ANN, ROME));
  }

  @Test
  void entitiesBelowTheThresholdAreNeitherThereNorRedacted() {
    assertThat(result(TASK.withThreshold(0.6f)).entities()).containsExactly(ANN, ROME);
    Entities sure = result(TASK.withThreshold(0.7));
    assertThat(sure.entities()).containsExactly(ROME);
    assertThat(sure.redacted()).isEqualTo("Ann 😀 saw [LOC]");
  }

  @Test
  void labelsAreKeptOrLeftOut() {
    assertThat(result(TASK.withOnly(List.of("PER"))).entities()).containsExactly(ANN);
    assertThat(result(TASK.without(List.of("PER"))).entities()).containsExactly(ROME);
    assertThat(result(TASK.without(List.of("PER", "LOC"))).redacted()).isEqualTo(TEXT);
  }

  @Test
  void labelsOfTokensAreNamedWithoutTheirPrefixes() {
    Entity token = Entity.of("B-PER", 0.6f, 0, 3, TEXT);
    assertThat(new EntityFilter(0, List.of("PER"), List.of()).of(List.of(token), Aggregation.NONE))
        .containsExactly(token);
    assertThat(new EntityFilter(0, List.of(), List.of("PER")).of(List.of(token), Aggregation.NONE))
        .isEmpty();
  }

  /** {@code E-} and {@code L-} are prefixes of IOBES and BILOU, but not in a kind. */
  @Test
  void aKindThatLooksAsIfItHadAPrefixIsNamedAsItIs() {
    String text = "a@b.c";
    List<String> labels = List.of("O", "B-E-MAIL", "I-E-MAIL");
    EntityFilter only = new EntityFilter(0, List.of("E-MAIL"), List.of());
    EntityFilter without = new EntityFilter(0, List.of(), List.of("E-MAIL"));
    only.requireKnown("pii", labels);
    for (Aggregation aggregation : Aggregation.values()) {
      List<Entity> found =
          new EntityReader(labels, aggregation)
              .read(text, List.of(new Piece(0, 5, false, 0, 1, 0)));
      assertThat(only.of(found, aggregation)).hasSize(1).isEqualTo(found);
      assertThat(without.of(found, aggregation)).isEmpty();
    }
    Entity mail = Entity.of("E-MAIL", 1, 0, 5, text);
    assertThat(TASK.withFilter(only).result(text, List.of(mail)).redacted()).isEqualTo("[E-MAIL]");
  }

  @Test
  void aMaskIsATextOrACharacterForEachOfTheEntity() {
    assertThat(result(TASK).redacted()).isEqualTo("[PER] saw [LOC]");
    assertThat(result(TASK.withMask(new EntityMask("<gone>"))).redacted())
        .isEqualTo("<gone> saw <gone>");
    assertThat(result(TASK.withMask(new EntityMask("{label}:{label}"))).redacted())
        .isEqualTo("PER:PER saw LOC:LOC");
    assertThat(result(TASK.withMask(new EntityMask("*"))).redacted()).isEqualTo("***** saw ****");
    assertThat(result(TASK.withMask(new EntityMask("🙈"))).redacted())
        .isEqualTo("🙈🙈🙈🙈🙈 saw 🙈🙈🙈🙈");
  }

  @Test
  void whatContradictsIsRefusedWithTheCure() {
    assertThatThrownBy(() -> TASK.withOnly(List.of("PER")).without(List.of("LOC")))
        .hasMessage(
            "Only the labels [PER] are wanted, and those without [LOC]. Say one of the two.");
    assertThatThrownBy(() -> TASK.withThreshold(1.1)).hasMessageContaining("not 1.1");
    assertThatThrownBy(() -> TASK.withThreshold(Double.NaN)).hasMessageContaining("not NaN");
    assertThatThrownBy(() -> new EntityMask("")).hasMessageContaining("is empty");
  }

  @Test
  void labelsThatTheModelHasNotAreRefused() {
    List<String> labels = List.of("O", "B-PER", "I-PER", "B-LOC");
    new EntityFilter(0, List.of("PER", "LOC"), List.of()).requireKnown("ner", labels);
    EntityFilter misspelt = new EntityFilter(0, List.of("PERS"), List.of());
    assertThatThrownBy(() -> misspelt.requireKnown("ner", labels))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "Model 'ner' has no entities labelled [PERS]. It has [PER, LOC]; name some of these.");
  }
}
