package io.flinkinference.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.WaitingTexts.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitingRecordsTest {

  @Test
  void agreesWithAPlainListWhateverIsAddedAndTaken() {
    Random random = new Random(17);
    WaitingRecords<Text> waiting = new WaitingRecords<>();
    List<Text> list = new ArrayList<>();
    int added = 0;
    for (int round = 0; round < 5_000; round++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        Text text = new Text(added++, 1 + random.nextInt(40));
        waiting.add(text);
        list.add(text);
      }
      if (!list.isEmpty()) {
        Text longest = list.get(random.nextInt(list.size()));
        List<Text> expected = neighbours(list, longest.encoding().length(), 1 + random.nextInt(5));
        int length = longest.encoding().length();
        int ofLongest = (int) expected.stream().filter(one -> length(one) == length).count();
        assertThat(waiting.take(new Neighbours(length, ofLongest, expected.size())))
            .isEqualTo(expected.stream().sorted(Comparator.comparingInt(Text::number)).toList());
        list.removeAll(expected);
      }
      assertAlike(waiting, list);
    }
    waiting.clear();
    assertAlike(waiting, List.of());
  }

  private static List<Text> neighbours(List<Text> list, int longest, int rows) {
    return list.stream()
        .filter(one -> length(one) <= longest)
        .sorted(Comparator.comparingInt(one -> -length(one))) // Stable: the oldest first.
        .limit(rows)
        .toList();
  }

  private static void assertAlike(WaitingRecords<Text> waiting, List<Text> list) {
    assertThat(waiting.isEmpty()).isEqualTo(list.isEmpty());
    assertThat(waiting.tokens()).isEqualTo(list.stream().mapToLong(one -> length(one)).sum());
    if (!list.isEmpty()) {
      assertThat(waiting.oldest()).isSameAs(list.get(0));
      assertThat(waiting.ofOldest()).isEqualTo(length(list.get(0)));
    }
    for (int length = 0; length < 45; length++) {
      int asked = length;
      assertThat(waiting.count(length))
          .isEqualTo((int) list.stream().filter(one -> length(one) == asked).count());
      assertThat(waiting.longer(length))
          .isEqualTo(
              list.stream()
                  .mapToInt(one -> length(one))
                  .filter(one -> one > asked)
                  .min()
                  .orElse(WaitingLengths.NONE));
      assertThat(waiting.shorter(length))
          .isEqualTo(
              list.stream()
                  .mapToInt(one -> length(one))
                  .filter(one -> one < asked)
                  .max()
                  .orElse(WaitingLengths.NONE));
    }
  }

  private static int length(Text text) {
    return text.encoding().length();
  }
}
