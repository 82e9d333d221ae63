package io.flinkinference.benchmarks.peers.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.text.Encoding;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts of the first of two subtasks have even places, those of the other one odd places. */
final class ShareClockTest {

  /** Of 1, 9, 1, 9, 1 and 9 tokens. */
  private static final Tokenized SIX =
      new Tokenized(
          new Workload("six texts", List.of("a", "b", "c", "d", "e", "f")),
          IntStream.range(0, 6).mapToObj(i -> encoding(i % 2 == 0 ? 1 : 9)).toList());

  /** Of one token each. */
  private static final Tokenized EIGHT =
      new Tokenized(
          new Workload("eight texts", List.of("a", "b", "c", "d", "e", "f", "g", "h")),
          Collections.nCopies(8, encoding(1)));

  private long nanos = 1_000;

  @Test
  void oneSubtaskIsMeasuredToItsLastText() {
    ShareClock clock = started(Load.allAtOnce(SIX, 1, 1));
    IntStream.range(0, 5).forEach(clock::add);
    assertThat(clock.sample()).isNull();

    clock.add(5);

    assertThat(clock.sample()).extracting(Sample::records, Sample::tokens).containsExactly(6L, 30L);
  }

  @Test
  void whatASubtaskStillHasWhenAnotherIsReadyDoesNotCount() {
    ShareClock clock = started(Load.allAtOnce(SIX, 2, 1));

    IntStream.of(1, 0, 3, 5).forEach(clock::add);

    assertThat(clock.sample()).extracting(Sample::records, Sample::tokens).containsExactly(6L, 28L);
    Sample atTheEndOfAShare = clock.sample();
    IntStream.of(2, 4).forEach(clock::add);
    assertThat(clock.sample()).isSameAs(atTheEndOfAShare);
  }

  /** Else a side that takes them first would seem to be fast. */
  @Test
  void shortTextsCountForLess() {
    ShareClock clock = started(Load.allAtOnce(SIX, 2, 1));

    IntStream.of(0, 2, 1, 4).forEach(clock::add);

    assertThat(clock.sample()).extracting(Sample::records, Sample::tokens).containsExactly(2L, 12L);
  }

  /** Else a list of 32 that is nearly done would count as nothing. */
  @Test
  void batchUnderWayCountsByThePaceOfItsSubtask() {
    ShareClock clock = started(Load.allAtOnce(EIGHT, 2, 1));

    nanos = 1_200;
    IntStream.of(1, 3).forEach(clock::add);
    nanos = 1_300;
    IntStream.of(0, 2, 4, 6).forEach(clock::add);

    // Two texts in 200 ns, and half as much again until the clock stops at 300 ns.
    assertThat(clock.sample()).extracting(Sample::records, Sample::tokens).containsExactly(7L, 7L);
  }

  @Test
  void aSubtaskCountsForNoMoreThanItsShare() {
    ShareClock clock = started(Load.allAtOnce(EIGHT, 2, 1));

    nanos = 1_100;
    IntStream.of(1, 3, 5).forEach(clock::add);
    nanos = 1_300;
    IntStream.of(0, 2, 4, 6).forEach(clock::add);

    assertThat(clock.sample()).extracting(Sample::records, Sample::tokens).containsExactly(8L, 8L);
  }

  @Test
  void aSubtaskThatHasDeliveredNothingDoesNotCount() {
    ShareClock clock = started(Load.allAtOnce(EIGHT, 2, 1));

    IntStream.of(0, 2, 4, 6).forEach(clock::add);

    assertThat(clock.sample()).extracting(Sample::records, Sample::tokens).containsExactly(4L, 4L);
  }

  private ShareClock started(Load load) {
    ShareClock clock = new ShareClock(load, () -> nanos);
    clock.start();
    return clock;
  }

  private static Encoding encoding(int tokens) {
    return Encoding.of(IntStream.range(0, tokens).toArray());
  }
}
