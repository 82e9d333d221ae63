package io.flinkinference.tools.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.text.Encoding;
import io.flinkinference.tools.train.RowWeights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LabelLessonTest {

  /** Most batches have frequent labels alone, and must not weigh more for that. */
  @Test
  void balancedRowsOfEachLabelWeighAlikeOverABatchOfEachKind() {
    List<int[]> labels = new ArrayList<>(Collections.nCopies(90, new int[] {0}));
    labels.addAll(Collections.nCopies(10, new int[] {1}));
    LabelLesson lesson =
        new LabelLesson(
            Collections.nCopies(100, Encoding.of(1)),
            labels,
            RowWeights.of(labels, 2, true),
            2,
            OptionalDouble::empty);

    double[] shares = new double[2];
    for (int first = 0; first < 100; first += 10) {
      List<Integer> batch = IntStream.range(first, first + 10).boxed().toList();
      float[] ofBatch = lesson.others(batch, batch).get("shares").toFloats();
      for (int i = 0; i < ofBatch.length; i++) {
        shares[labels.get(batch.get(i))[0]] += ofBatch[i];
      }
    }
    assertThat(shares[0]).isCloseTo(5, within(1e-4));
    assertThat(shares[1]).isCloseTo(5, within(1e-4));
  }
}
