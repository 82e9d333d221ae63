package io.flinkinference.reliability.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.reliability.chaos.Attack.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Test
  void sameSeedGivesTheSamePlan() {
    assertThat(Plan.of(7, 50_000)).isEqualTo(Plan.of(7, 50_000)).isNotEqualTo(Plan.of(8, 50_000));
  }

  @Test
  void eachAttackIsThereAlsoInAShortRun() {
    for (long seed = 0; seed < 50; seed++) {
      List<Kind> kinds = Plan.of(seed, 100).attacks().stream().map(Attack::kind).toList();
      assertThat(kinds).contains(Kind.values());
      assertThat(kinds).filteredOn(kind -> kind != Kind.KILL_TASK_MANAGER).doesNotHaveDuplicates();
    }
  }

  @Test
  void rescaleIsInTheMiddleAndToAnotherParallelism() {
    for (long seed = 0; seed < 50; seed++) {
      Plan plan = Plan.of(seed, 100_000);
      List<Kind> kinds = plan.attacks().stream().map(Attack::kind).toList();
      assertThat(kinds.indexOf(Kind.RESCALE)).isEqualTo((kinds.size() - 1) / 2);
      assertThat(plan.nextParallelism()).isNotEqualTo(plan.parallelism()).isBetween(1, 4);
    }
  }

  @Test
  void smallSeedsDifferInAllThatIsChosen() {
    List<Plan> plans = LongStream.range(0, 20).mapToObj(seed -> Plan.of(seed, 100)).toList();
    assertThat(plans).extracting(Plan::nextParallelism).contains(1, 3, 4);
    assertThat(plans).extracting(Plan::unalignedFirst).contains(true, false);
    assertThat(plans)
        .extracting(plan -> plan.attacks().get(0).kind())
        .contains(
            Kind.KILL_TASK_MANAGER,
            Kind.KILL_JOB_MANAGER,
            Kind.STOP_BROKER,
            Kind.BREAK_CHECKPOINTS);
  }

  @Test
  void brokerStopsForTwentySeconds() {
    assertThat(Plan.of(3, 100).attacks())
        .filteredOn(attack -> attack.kind() == Kind.STOP_BROKER)
        .extracting(Attack::length)
        .containsExactly(Duration.ofSeconds(20));
  }

  @Test
  void onlyAKillBeforeAnotherKillLeavesNoTimeToRecover() {
    List<Plan> plans = LongStream.range(0, 50).mapToObj(seed -> Plan.of(seed, 200_000)).toList();
    int hurried = 0;
    for (Plan plan : plans) {
      for (int i = 0; i < plan.attacks().size(); i++) {
        if (!plan.attacks().get(i).awaitsRecovery()) {
          hurried++;
          assertThat(plan.attacks().subList(i, i + 2))
              .extracting(Attack::kind)
              .containsOnly(Kind.KILL_TASK_MANAGER);
        }
      }
    }
    assertThat(hurried).isPositive();
  }
}
