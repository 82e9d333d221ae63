package io.flinkinference.reliability.chaos;

import io.flinkinference.reliability.chaos.Attack.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * What is to be done, worked out from the seed alone: the same seed and number of records give the
 * same plan.
 *
 * @param parallelism of the job before it is rescaled
 * @param nextParallelism and after
 * @param unalignedFirst whether checkpoints are unaligned before the rescale, or after it
 * @param attacks in their order
 */
record Plan(int parallelism, int nextParallelism, boolean unalignedFirst, List<Attack> attacks) {

  /** So many records pay for one kill of a TaskManager more. */
  private static final int RECORDS_PER_KILL = 8_000;

  private static final Duration BROKER_STOP = Duration.ofSeconds(20);
  private static final int MAX_PAUSE_MILLIS = 3_000;
  private static final List<Integer> OTHER_PARALLELISMS = List.of(1, 3, 4);

  Plan {
    attacks = List.copyOf(attacks);
  }

  static Plan of(long seed, int records) {
    // Random alone gives small seeds much the same plan.
    Random random = new Random(new SplittableRandom(seed).nextLong());
    List<Kind> kinds =
        new ArrayList<>(
            List.of(
                Kind.KILL_TASK_MANAGER,
                Kind.KILL_TASK_MANAGER,
                Kind.KILL_JOB_MANAGER,
                Kind.STOP_BROKER,
                Kind.BREAK_CHECKPOINTS));
    kinds.addAll(Collections.nCopies(records / RECORDS_PER_KILL, Kind.KILL_TASK_MANAGER));
    Collections.shuffle(kinds, random);
    kinds.add(kinds.size() / 2, Kind.RESCALE);

    List<Attack> attacks = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      boolean killsFollow =
          kinds.get(i) == Kind.KILL_TASK_MANAGER
              && i + 1 < kinds.size()
              && kinds.get(i + 1) == Kind.KILL_TASK_MANAGER;
      attacks.add(
          new Attack(
              kinds.get(i),
              Duration.ofMillis(random.nextInt(MAX_PAUSE_MILLIS)),
              length(kinds.get(i), random),
              random.nextInt(100),
              !(killsFollow && random.nextBoolean())));
    }
    return new Plan(
        2,
        OTHER_PARALLELISMS.get(random.nextInt(OTHER_PARALLELISMS.size())),
        random.nextBoolean(),
        attacks);
  }

  /** The plan in lines. */
  String describe() {
    StringBuilder text = new StringBuilder("Plan: ");
    text.append("parallelism ").append(parallelism).append(", then ").append(nextParallelism);
    text.append("; unaligned checkpoints ").append(unalignedFirst ? "before" : "after");
    text.append(" the rescale");
    for (int i = 0; i < attacks.size(); i++) {
      text.append("\n  ").append(i + 1).append(". ").append(attacks.get(i));
    }
    return text.toString();
  }

  private static Duration length(Kind kind, Random random) {
    return switch (kind) {
      case STOP_BROKER -> BROKER_STOP;
      case BREAK_CHECKPOINTS -> Duration.ofSeconds(4L + random.nextInt(6));
      case KILL_TASK_MANAGER, KILL_JOB_MANAGER, RESCALE -> Duration.ZERO;
    };
  }
}
