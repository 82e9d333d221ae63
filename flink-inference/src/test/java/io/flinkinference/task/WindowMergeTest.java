package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.text.Encoding;
import io.flinkinference.text.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowMergeTest {

  private static final int SIZE = 7;

  @Test
  void mergesAreThoseOfTheFormulas() {
    Random random = new Random(4);
    for (int round = 0; round < 300; round++) {
      List<Window> windows = new ArrayList<>();
      List<float[]> values = new ArrayList<>();
      for (int count = 2 + random.nextInt(6); count > 0; count--) {
        windows.add(window(0, 1 + random.nextInt(500)));
        float[] value = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
          value[i] = random.nextFloat() - 0.5f;
        }
        values.add(value);
      }
      float[] max = WindowMerge.MAX.merge(windows, values);
      float[] mean = WindowMerge.MEAN.merge(windows, values);
      float[] weighted = WindowMerge.WEIGHTED_MEAN.merge(windows, values);
      for (int i = 0; i < SIZE; i++) {
        int at = i;
        double tokens = windows.stream().mapToInt(Window::tokens).sum();
        double weightedSum = 0;
        for (int w = 0; w < windows.size(); w++) {
          weightedSum += windows.get(w).tokens() / tokens * values.get(w)[i];
        }
        assertThat((double) max[i])
            .isEqualTo(values.stream().mapToDouble(v -> v[at]).max().orElseThrow());
        assertThat((double) mean[i])
            .isCloseTo(
                values.stream().mapToDouble(v -> v[at]).average().orElseThrow(), within(1e-6));
        assertThat((double) weighted[i]).isCloseTo(weightedSum, within(1e-6));
      }
    }
  }

  @Test
  void theTasksMergeCountsOnlyWhereNoneIsSet() {
    assertThat(WindowMerge.AS_TASK.or(WindowMerge.MAX)).isEqualTo(WindowMerge.MAX);
    assertThat(WindowMerge.MEAN.or(WindowMerge.MAX)).isEqualTo(WindowMerge.MEAN);
  }

  private static Window window(int from, int to) {
    return new Window(Encoding.of(1), 0, from, to);
  }
}
