package io.flinkinference.reliability.chaos;

import java.time.Duration;

/**
 * One thing that is done to the running system.
 *
 * @param kind what is done
 * @param pause time before it, so that it comes at any moment between two checkpoints
 * @param length how long it lasts; zero where it is done in a moment
 * @param target which of the TaskManagers that run tasks, counted around; for a kill alone
 * @param awaitsRecovery whether the next attack waits until the job has completed a checkpoint
 */
record Attack(Kind kind, Duration pause, Duration length, int target, boolean awaitsRecovery) {

  enum Kind {
    KILL_TASK_MANAGER("kill -9 of a TaskManager"),
    KILL_JOB_MANAGER("kill -9 of the JobManager"),
    STOP_BROKER("SIGSTOP of the broker"),
    BREAK_CHECKPOINTS("checkpoint storage that cannot be written"),
    RESCALE("stop with a savepoint, start with another parallelism");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind.words);
    if (!length.isZero()) {
      text.append(" for ").append(length.toSeconds()).append(" s");
    }
    text.append(" after ").append(pause.toMillis()).append(" ms");
    if (!awaitsRecovery) {
      text.append(", the next attack before the job has recovered");
    }
    return text.toString();
  }
}
