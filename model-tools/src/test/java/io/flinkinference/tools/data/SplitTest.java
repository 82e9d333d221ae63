package io.flinkinference.tools.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SplitTest {

  private static List<LabeledText> rows(int each) {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 3 * each; i++) {
      rows.add(new LabeledText(i + 1, "text " + i, List.of("label" + i % 3)));
    }
    return rows;
  }

  @Test
  void everyRowIsInOnePart() {
    List<LabeledText> rows = rows(20);
    Split split = Split.of(rows, 0.1, 0.2, 7);
    List<LabeledText> all = new ArrayList<>(split.train());
    all.addAll(split.validation());
    all.addAll(split.test());
    assertThat(all).containsExactlyInAnyOrderElementsOf(rows);
    assertThat(split.validation()).hasSize(6);
    assertThat(split.test()).hasSize(12);
  }

  @Test
  void sameSeedGivesTheSameParts() {
    assertThat(Split.of(rows(20), 0.1, 0.1, 7)).isEqualTo(Split.of(rows(20), 0.1, 0.1, 7));
    assertThat(Split.of(rows(20), 0.1, 0.1, 7)).isNotEqualTo(Split.of(rows(20), 0.1, 0.1, 8));
  }

  @Test
  void labelKeepsARowToLearnFrom() {
    Split split = Split.of(rows(1), 0.4, 0.5, 7);
    assertThat(split.train()).hasSize(3);
  }

  @Test
  void fewShotLearnsFromSoManyRowsOfEachLabel() {
    Split split = Split.fewShot(rows(20), 4, 7);
    assertThat(split.train()).hasSize(12);
    assertThat(split.validation()).isEmpty();
    assertThat(split.test()).hasSize(48);
  }
}
