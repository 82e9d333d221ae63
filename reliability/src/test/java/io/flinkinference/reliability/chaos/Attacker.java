package io.flinkinference.reliability.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Carries out a plan, and says what it does and when. Owned by one thread. */
final class Attacker {

  private final Plan plan;
  private final Stage stage;
  private final Feed feed;
  private final Ledger ledger;
  private final Inputs inputs;
  private final long began = System.nanoTime();

  Attacker(Plan plan, Stage stage, Feed feed, Ledger ledger, Inputs inputs) {
    this.plan = plan;
    this.stage = stage;
    this.feed = feed;
    this.ledger = ledger;
    this.inputs = inputs;
  }

  /** Returns when all attacks are over and the job has recovered from the last of them. */
  void run() throws Exception {
    stage.startJob(plan.parallelism(), plan.unalignedFirst(), null);
    stage.awaitRecovery();
    say("the job runs");
    List<Attack> attacks = plan.attacks();
    for (int i = 0; i < attacks.size(); i++) {
      feed.allow((int) ((i + 1L) * inputs.size() / (attacks.size() + 1)));
      pause(attacks.get(i).pause());
      say("attack " + (i + 1) + " of " + attacks.size() + ": " + attacks.get(i));
      carryOut(attacks.get(i));
      if (attacks.get(i).awaitsRecovery()) {
        stage.awaitRecovery();
        say("recovered");
      }
      feed.check();
    }
    feed.finish();
  }

  private void carryOut(Attack attack) throws Exception {
    switch (attack.kind()) {
      case KILL_TASK_MANAGER ->
          say(stage.killTaskManager(attack.target()) + " is dead and replaced");
      case KILL_JOB_MANAGER -> stage.killJobManager();
      case STOP_BROKER -> {
        signal("-STOP");
        pause(attack.length());
        signal("-CONT");
      }
      case BREAK_CHECKPOINTS -> {
        stage.storage().fail();
        pause(attack.length());
        stage.storage().mend();
      }
      case RESCALE -> {
        String savepoint = stage.stopWithSavepoint();
        say("stopped with a savepoint; starts with parallelism " + plan.nextParallelism());
        stage.startJob(plan.nextParallelism(), !plan.unalignedFirst(), savepoint);
      }
    }
  }

  private void signal(String signal) throws Exception {
    String pid = Long.toString(stage.broker().pid());
    int status = new ProcessBuilder("kill", signal, pid).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("kill " + signal + " " + pid + " ended with " + status);
    }
  }

  /** Time itself is what is asked for here: no event ends a pause. */
  private static void pause(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }

  /** A line with the time since the start, and how far records have come. */
  void say(String what) {
    System.out.printf(
        Locale.ROOT,
        "%7.1f s  %7d in %7d out  %s%n",
        (System.nanoTime() - began) / 1e9,
        feed.written(),
        ledger.count(),
        what);
  }
}
