package io.flinkinference.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.peers.Trials.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialsTest {

  @Test
  void eachSideHasTheParallelismThatSuitsItBest() {
    Trials trials =
        new Trials(
            List.of(
                new Trial("a", 1, 10),
                new Trial("a", 2, 20),
                new Trial("b", 1, 40),
                new Trial("b", 2, 30)));

    assertThat(trials.bestSubtasks("a")).isEqualTo(2);
    assertThat(trials.bestSubtasks("b")).isEqualTo(1);
  }

  @Test
  void withoutTrialsSidesHaveOneSubtask() {
    assertThat(Trials.none().bestSubtasks("a")).isEqualTo(1);
    assertThat(Trials.none().table().rows()).isEmpty();
  }
}
