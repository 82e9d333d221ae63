package io.flinkinference.reliability.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.result.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InputsTest {

  private static final int SIZE = 20_000;

  @Test
  void sameSeedGivesTheSameRecords() {
    Inputs inputs = new Inputs(5, SIZE, true);
    assertThat(inputs.get(123)).isEqualTo(new Inputs(5, SIZE, true).get(123));
    assertThat(inputs.stock())
        .isEqualTo(new Inputs(5, 1, true).stock())
        .isNotEqualTo(new Inputs(6, SIZE, true).stock());
  }

  @Test
  void twoPercentAreBadInEachWay() {
    List<DeadLetterReason> reasons = reasons(new Inputs(5, SIZE, true));
    assertThat(reasons).hasSizeBetween(SIZE * 17 / 1000, SIZE * 23 / 1000);
    assertThat(reasons)
        .contains(
            DeadLetterReason.NULL_TEXT,
            DeadLetterReason.BLANK_TEXT,
            DeadLetterReason.UNDECODABLE,
            DeadLetterReason.TOO_LONG,
            DeadLetterReason.ENGINE_FAILURE,
            DeadLetterReason.INVALID_OUTPUT);
  }

  @Test
  void onlyTheTinyModelIsMadeToFail() {
    assertThat(reasons(new Inputs(5, SIZE, false)))
        .doesNotContain(DeadLetterReason.ENGINE_FAILURE, DeadLetterReason.INVALID_OUTPUT);
  }

  @Test
  void goodRecordsAreTextsOfTheStockAndNoneIsBlank() {
    Inputs inputs = new Inputs(5, SIZE, true);
    assertThat(inputs.stock()).allSatisfy(text -> assertThat(text).isNotBlank());
    Input good =
        IntStream.range(0, SIZE).mapToObj(inputs::get).filter(Input::isGood).findFirst().get();
    assertThat(StandardCharsets.UTF_8.decode(good.value()).toString())
        .isEqualTo(inputs.stock().get(good.text()));
  }

  private static List<DeadLetterReason> reasons(Inputs inputs) {
    return IntStream.range(0, SIZE)
        .mapToObj(number -> inputs.get(number).reason())
        .filter(Objects::nonNull)
        .toList();
  }
}
