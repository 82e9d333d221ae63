package io.flinkinference.benchmarks.peers.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.text.Encoding;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadTest {

  private static final Tokenized FIVE =
      new Tokenized(
          new Workload("five texts", List.of("a", "b", "c", "d", "e")),
          Collections.nCopies(5, Encoding.of(1, 2, 3)));

  private static List<String> measured(Load load) {
    return LongStream.range(0, (long) load.subtasks() * load.share())
        .filter(number -> load.measuredIndex(number) >= 0)
        .mapToObj(load::text)
        .toList();
  }

  @Test
  void eachTextIsMeasuredOnce() {
    assertThat(measured(Load.allAtOnce(FIVE, 1, 2)))
        .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
  }

  @Test
  void subtasksShareTheTextsEqually() {
    Load load = Load.allAtOnce(FIVE, 2, 3);

    assertThat(measured(load)).containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(load.measured()).isEqualTo(4);
    assertThat(load.tokens()).isEqualTo(12);
    assertThat(load.warmUps()).isEqualTo(6);
  }

  @Test
  void indexOfAMeasuredTextIsItsPlaceAmongTheTexts() {
    Load load = Load.allAtOnce(FIVE, 2, 3);

    for (long number = 0; number < 2L * load.share(); number++) {
      int index = load.measuredIndex(number);
      if (index >= 0) {
        assertThat(load.text(number)).isEqualTo(FIVE.workload().texts().get(index));
      }
    }
  }

  @Test
  void arrivalsBeginBehindTheWarmUp() {
    Load load = Load.arriving(FIVE, 2, 10, 20, 30);

    assertThat(LongStream.range(0, 6).map(place -> load.arrival((int) place)))
        .containsExactly(-1L, -1L, 10L, 20L, 30L, -1L);
  }

  @Test
  void textsBeginAgainWhereThereAreMoreArrivals() {
    assertThat(measured(Load.arriving(FIVE, 1, 1, 2, 3, 4, 5, 6, 7)))
        .containsExactly("a", "b", "c", "d", "e", "a", "b");
  }

  @Test
  void moreSubtasksThanTextsAreRefused() {
    assertThatThrownBy(() -> Load.allAtOnce(FIVE, 6, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a text to warm up and one to measure");
  }
}
