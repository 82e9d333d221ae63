package io.flinkinference.tools.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.tools.data.BadRow;
import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.graph.Families;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelEvaluationTest {

  private static LabeledText row(long line, String... labels) {
    return new LabeledText(line, "text " + line, List.of(labels));
  }

  @Test
  void rowsThatAModelOfOneLabelCannotBeRightAboutAreBad() {
    Answers answers =
        ModelEvaluation.score(
            Families.of("bert", "single-label").toString(),
            List.of(row(1), row(2, "label 0"), row(3, "label 0", "label 1"), row(4, "other")));
    assertThat(answers.predictions()).extracting(one -> one.row().line()).containsExactly(2L);
    assertThat(answers.bad())
        .containsExactly(
            new BadRow(1, "It has 0 labels; the model gives one."),
            new BadRow(3, "It has 2 labels; the model gives one."),
            new BadRow(4, "The model has no label 'other'."));
  }
}
