package io.flinkinference.reliability.chaos;

import io.flinkinference.result.DeadLetterReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Keeps account of what came out: how often each record did, whether where it belongs and as it
 * must.
 *
 * <p>Thread safety: one thread enters, any may ask.
 */
final class Ledger {

  private static final int SHOWN = 20;

  private final Inputs inputs;
  private final List<String> expected;
  private final int[] times;
  private final List<String> wrong = new ArrayList<>();
  private int good;
  private int bad;
  private int twice;
  private int different;

  /**
   * @param expected the result of each text of the stock
   */
  Ledger(Inputs inputs, List<String> expected) {
    this.inputs = inputs;
    this.expected = expected;
    this.times = new int[inputs.size()];
  }

  /** Enters a result. */
  synchronized void scored(int number, String result) {
    Input input = inputs.get(number);
    if (!input.isGood()) {
      differs("Record " + number + " is bad, " + input.reason() + ", but was scored.");
    } else if (!expected.get(input.text()).equals(result)) {
      differs(
          String.format(
              Locale.ROOT,
              "Record %d has the result %s, but its text alone has %s.",
              number,
              result,
              expected.get(input.text())));
    }
    if (enter(number)) {
      good++;
    }
  }

  /** Enters a dead letter. */
  synchronized void dead(int number, DeadLetterReason reason, ByteBuffer value) {
    Input input = inputs.get(number);
    if (input.reason() != reason) {
      differs(
          "Record " + number + " is a dead letter, " + reason + ", not " + input.reason() + ".");
    } else if (!Objects.equals(input.value(), value)) {
      differs("The dead letter of record " + number + " does not hold the value as it was.");
    }
    if (enter(number)) {
      bad++;
    }
  }

  private boolean enter(int number) {
    if (++times[number] > 1) {
      twice++;
      note("Record " + number + " came out " + times[number] + " times.");
      return false;
    }
    return true;
  }

  private void differs(String what) {
    different++;
    note(what);
  }

  private void note(String what) {
    if (wrong.size() < SHOWN) {
      wrong.add(what);
    }
  }

  /** Records that came out, each counted once. */
  synchronized int count() {
    return good + bad;
  }

  /** Whether all records came out, each once and as it must. */
  synchronized boolean isInOrder() {
    return count() == inputs.size() && twice == 0 && different == 0;
  }

  /** The account in a line, and what is wrong below it. */
  synchronized String summary() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "records %d, scored %d, dead letters %d, missing %d, twice %d, different %d",
                inputs.size(),
                good,
                bad,
                inputs.size() - count(),
                twice,
                different));
    wrong.forEach(line -> text.append("\n  ").append(line));
    int shown = 0;
    for (int i = 0; i < times.length && shown < SHOWN; i++) {
      if (times[i] == 0) {
        text.append("\n  Record ").append(i).append(" is missing.");
        shown++;
      }
    }
    return text.toString();
  }
}
