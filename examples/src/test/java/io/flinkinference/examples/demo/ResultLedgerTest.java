package io.flinkinference.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ResultLedgerTest {

  private final ResultLedger ledger = new ResultLedger(4);

  @Test
  void recordThatComesTwiceCountsOnceAndAsADuplicate() {
    assertThat(ledger.enter(1)).isTrue();
    assertThat(ledger.enter(1)).isFalse();
    assertThat(ledger.enter(1)).isFalse();
    assertThat(ledger.returned()).isEqualTo(1);
    assertThat(ledger.duplicates()).isEqualTo(2);
  }

  @Test
  void aPartIsCompleteWhenAllNumbersBelowItsBorderAreThere() {
    ledger.enter(2);
    ledger.enter(0);
    assertThat(ledger.isComplete(1)).isTrue();
    assertThat(ledger.isComplete(2)).isFalse();
    ledger.enter(1);
    assertThat(ledger.isComplete(3)).isTrue();
    assertThat(ledger.isComplete(4)).isFalse();
  }

  @Test
  void recordThatWasNeverSentIsAFault() {
    assertThatThrownBy(() -> ledger.enter(4)).hasMessageContaining("Record 4");
    assertThatThrownBy(() -> ledger.enter(-1)).hasMessageContaining("Record -1");
  }
}
