package io.flinkinference.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
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
  void labelsOfFewRowsGiveTheirShareTogether() {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 77 * 4; i++) {
      rows.add(new LabeledText(i + 1, "text " + i, List.of("label" + i % 77)));
    }
    Split split = Split.of(rows, 0.1, 0.1, 7);
    assertThat(split.validation()).hasSize(31);
    assertThat(split.test()).hasSize(31);
    assertThat(rowsOfLabels(split.train()).values()).hasSize(77).allMatch(count -> count >= 3);
  }

  @Test
  void combinationsThatAreThereOnceGiveTheirShareTogether() {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      rows.add(new LabeledText(i + 1, "text " + i, combination(i)));
    }
    for (int seed = 0; seed < 20; seed++) {
      Split split = Split.of(rows, 0.1, 0.2, seed);
      assertThat(split.validation()).hasSize(26);
      assertThat(split.test()).hasSize(51);
      assertThat(rowsOfLabels(split.test()).values()).hasSize(8).allMatch(count -> count >= 10);
    }
    assertThat(Split.of(rows, 0.1, 0.2, 0)).isNotEqualTo(Split.of(rows, 0.1, 0.2, 1));
  }

  @Test
  void eachLabelGivesItsShareToARow() {
    Random random = new Random(3);
    for (int seed = 0; seed < 50; seed++) {
      List<LabeledText> rows = new ArrayList<>();
      for (int label = 0; label < 20; label++) {
        for (int i = 2 + random.nextInt(40); i > 0; i--) {
          long line = rows.size() + 1L;
          rows.add(new LabeledText(line, "text " + line, List.of("label" + label)));
        }
      }
      Split split = Split.of(rows, 0.1, 0.2, seed);
      Map<String, Integer> train = rowsOfLabels(split.train());
      assertThat(split.test()).hasSize((int) Math.round(0.2 * rows.size()));
      assertThat(split.validation()).hasSize((int) Math.round(0.1 * rows.size()));
      rowsOfLabels(rows)
          .forEach(
              (label, count) ->
                  assertThat((double) train.get(label)).isCloseTo(0.7 * count, within(1.1)));
    }
  }

  @Test
  void othersGiveForLabelsWithOneRow() {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(new LabeledText(i + 1, "text " + i, List.of(i < 30 ? "label" + i : "frequent")));
    }
    Split split = Split.of(rows, 0.1, 0.1, 7);
    assertThat(split.validation()).hasSize(10);
    assertThat(split.test()).hasSize(10);
    assertThat(rowsOfLabels(split.train())).hasSize(31);
  }

  private static List<String> combination(int bits) {
    return IntStream.range(0, 8)
        .filter(bit -> (bits >> bit & 1) == 1)
        .mapToObj(bit -> "label" + bit)
        .toList();
  }

  private static Map<String, Integer> rowsOfLabels(List<LabeledText> rows) {
    Map<String, Integer> counts = new HashMap<>();
    rows.forEach(row -> row.labels().forEach(label -> counts.merge(label, 1, Integer::sum)));
    return counts;
  }

  @Test
  void textsThatAreThereOnceAreDividedAsTheyAlwaysWere() {
    // The figures in docs/finetune.md are of rows that were divided so.
    Split split = Split.of(rows(20), 0.1, 0.1, 7);
    assertThat(split.validation())
        .extracting(LabeledText::line)
        .containsExactly(12L, 17L, 22L, 36L, 52L, 53L);
    assertThat(split.test())
        .extracting(LabeledText::line)
        .containsExactly(10L, 23L, 25L, 30L, 33L, 41L);
    assertThat(Split.fewShot(rows(20), 2, 7).train())
        .extracting(LabeledText::line)
        .containsExactly(17L, 23L, 25L, 30L, 36L, 52L);
  }

  @Test
  void rowsOfEqualTextStayTogether() {
    List<LabeledText> rows = repeated();
    for (int seed = 0; seed < 20; seed++) {
      for (Split split : List.of(Split.of(rows, 0.1, 0.2, seed), Split.fewShot(rows, 4, seed))) {
        List<LabeledText> all = new ArrayList<>();
        int texts = 0;
        for (List<LabeledText> part : List.of(split.train(), split.validation(), split.test())) {
          assertThat(part).isSortedAccordingTo(Comparator.comparingLong(LabeledText::line));
          texts += (int) part.stream().map(LabeledText::text).distinct().count();
          all.addAll(part);
        }
        assertThat(texts).isEqualTo(60);
        assertThat(all).containsExactlyInAnyOrderElementsOf(rows);
        // The rarest is another label of texts that have one already.
        assertThat(rowsOfLabels(split.train())).containsKey("rare");
      }
    }
  }

  /** 60 texts, each once to four times, some with two labels. */
  private static List<LabeledText> repeated() {
    List<LabeledText> rows = new ArrayList<>(rows(20));
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      LabeledText row = rows.get(i);
      for (int more = i < 2 ? 1 : random.nextInt(4); more > 0; more--) {
        List<String> labels = i < 2 ? List.of("rare") : row.labels();
        rows.add(new LabeledText(rows.size() + 1L, row.text(), labels));
      }
    }
    return rows;
  }

  @Test
  void fewShotLearnsFromSoManyRowsOfEachLabel() {
    Split split = Split.fewShot(rows(20), 4, 7);
    assertThat(split.train()).hasSize(12);
    assertThat(split.validation()).isEmpty();
    assertThat(split.test()).hasSize(48);
    assertThat(rowsOfLabels(split.train()).values()).containsOnly(4);
  }

  @Test
  void fewShotTakesRowsOfSeveralLabelsWhileOneOfThemHasTooFew() {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 1024; i++) {
      rows.add(new LabeledText(i + 1, "text " + i, combination(i % 256)));
    }
    for (int seed = 0; seed < 20; seed++) {
      Split split = Split.fewShot(rows, 4, seed);
      assertThat(rowsOfLabels(split.train()).values()).hasSize(8).allMatch(count -> count >= 4);
      assertThat(split.train()).hasSizeBetween(4, 9 * 4);
      // By labels alone a model would not learn when to say nothing.
      assertThat(split.train()).filteredOn(row -> row.labels().isEmpty()).hasSize(4);
      assertThat(split.test()).hasSize(1024 - split.train().size());
    }
    assertThat(Split.fewShot(rows, 4, 0)).isNotEqualTo(Split.fewShot(rows, 4, 1));
  }
}
