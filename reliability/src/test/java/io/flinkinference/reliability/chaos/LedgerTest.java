package io.flinkinference.reliability.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.result.DeadLetterReason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final int SIZE = 500;

  private final Inputs inputs = new Inputs(1, SIZE, true);
  private final List<String> results =
      IntStream.range(0, inputs.stock().size()).mapToObj(i -> "result " + i).toList();
  private final Ledger ledger = new Ledger(inputs, results);
  private final Input good = find(true);
  private final Input bad = find(false);

  @Test
  void allOnceAndAsTheyMustIsInOrder() {
    for (int i = 0; i < SIZE; i++) {
      assertThat(ledger.isInOrder()).isFalse();
      enter(inputs.get(i));
    }
    assertThat(ledger.isInOrder()).isTrue();
    assertThat(ledger.summary()).contains("missing 0, twice 0, different 0");
  }

  @Test
  void missingRecordIsNamed() {
    IntStream.range(0, SIZE).filter(i -> i != 77).forEach(i -> enter(inputs.get(i)));
    assertThat(ledger.isInOrder()).isFalse();
    assertThat(ledger.summary()).contains("missing 1,").contains("Record 77 is missing.");
  }

  @Test
  void recordThatComesTwiceIsNamedAndCountedOnce() {
    IntStream.range(0, SIZE).forEach(i -> enter(inputs.get(i)));
    enter(good);
    assertThat(ledger.count()).isEqualTo(SIZE);
    assertThat(ledger.isInOrder()).isFalse();
    assertThat(ledger.summary())
        .contains("twice 1,")
        .contains("Record " + good.number() + " came out 2 times.");
  }

  @Test
  void otherResultIsDifferent() {
    ledger.scored(good.number(), "another");
    assertThat(ledger.summary()).contains("different 1").contains("has the result another");
  }

  @Test
  void badRecordThatIsScoredIsDifferent() {
    ledger.scored(bad.number(), results.get(0));
    assertThat(ledger.summary()).contains("different 1").contains("but was scored");
  }

  @Test
  void deadLetterOfAGoodRecordIsDifferent() {
    ledger.dead(good.number(), DeadLetterReason.ENGINE_FAILURE, good.value());
    assertThat(ledger.summary()).contains("different 1").contains("ENGINE_FAILURE");
  }

  @Test
  void deadLetterWithAnotherValueIsDifferent() {
    ledger.dead(bad.number(), bad.reason(), ByteBuffer.allocate(3));
    assertThat(ledger.summary()).contains("different 1").contains("the value as it was");
  }

  private void enter(Input input) {
    if (input.isGood()) {
      ledger.scored(input.number(), results.get(input.text()));
    } else {
      ledger.dead(input.number(), input.reason(), input.value());
    }
  }

  private Input find(boolean isGood) {
    return IntStream.range(0, SIZE)
        .mapToObj(inputs::get)
        .filter(input -> input.isGood() == isGood)
        .findFirst()
        .orElseThrow();
  }
}
