package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.result.LabelScore;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScoresTest {

  private static final Offset<Float> FLOAT_ERROR = within(1e-6f);

  @Test
  void softmaxHasTheValuesOfItsFormula() {
    float[] values = {1, 2, 3};
    Scores.softmax(values, 1);
    assertThat(values)
        .containsExactly(new float[] {0.0900306f, 0.2447285f, 0.6652410f}, FLOAT_ERROR);
  }

  @Test
  void lowTemperatureGivesAllToTheBest() {
    float[] values = {0.2f, 0.3f};
    Scores.softmax(values, 0.1);
    assertThat(values).containsExactly(new float[] {0.2689414f, 0.7310586f}, FLOAT_ERROR);
    float[] same = {0.2f, 0.3f};
    Scores.softmax(same, 1e-300);
    assertThat(same).containsExactly(0, 1);
  }

  @Test
  void largeLogitsDoNotOverflow() {
    float[] soft = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE};
    Scores.softmax(soft, 1);
    assertThat(soft).containsExactly(0.5f, 0, 0.5f);
    float[] each = {1e30f, -1e30f, 0};
    Scores.sigmoid(each);
    assertThat(each).containsExactly(1, 0, 0.5f);
  }

  @Test
  void rankingIsAStableSortCutOff() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      // Many are ranked in another way than few.
      int count = 1 + random.nextInt(round % 10 == 0 ? 300 : 12);
      List<String> labels = IntStream.range(0, count).mapToObj(i -> "label" + i).toList();
      float[] scores = new float[count];
      for (int i = 0; i < count; i++) {
        scores[i] = random.nextInt(5) - 2;
      }
      int most = 1 + random.nextInt(count + 2);

      List<LabelScore> expected =
          IntStream.range(0, count)
              .mapToObj(i -> new LabelScore(labels.get(i), scores[i]))
              .sorted(Comparator.comparing(LabelScore::score).reversed())
              .limit(most)
              .toList();
      assertThat(Scores.rank(labels, scores, most).labels()).isEqualTo(expected);
    }
  }
}
