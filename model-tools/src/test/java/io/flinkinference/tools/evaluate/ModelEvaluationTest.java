package io.flinkinference.tools.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.tools.data.BadRow;
import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.graph.Families;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelEvaluationTest {

  @TempDir private Path directory;

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

  @Test
  void idsOfOneNameAreOneLabel() throws IOException {
    Path model = Families.copy(Families.of("bert", "single-label"), directory.resolve("model"));
    Path config = model.resolve("config.json");
    String text = Files.readString(config);
    Files.writeString(config, text.replace("\"2\": \"label 2\"", "\"2\": \"label 0\""));
    List<LabeledText> rows = List.of(row(1, "label 0"), row(2, "label 1"));
    Answers ofThree = ModelEvaluation.score(Families.of("bert", "single-label").toString(), rows);
    Answers ofTwo = ModelEvaluation.score(model.toString(), rows);
    assertThat(ofTwo.labels()).containsExactly("label 0", "label 1");
    for (int i = 0; i < rows.size(); i++) {
      Prediction three = ofThree.predictions().get(i);
      Prediction two = ofTwo.predictions().get(i);
      assertThat(two.score(0)).isEqualTo(Math.max(three.score(0), three.score(2)));
      assertThat(two.score(1)).isEqualTo(three.score(1));
    }
  }
}
