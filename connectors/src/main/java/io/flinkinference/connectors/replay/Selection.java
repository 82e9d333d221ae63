package io.flinkinference.connectors.replay;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which letters are replayed. Immutable.
 *
 * @param reasons of the letters; empty for all
 * @param origins topics that their records are from; empty for all
 * @param since when letters were written at the earliest, or null
 * @param until before when they were written, or null
 * @param maxReplays how often a record may be replayed
 */
record Selection(
    Set<DeadLetterReason> reasons,
    Set<String> origins,
    Instant since,
    Instant until,
    int maxReplays) {

  static final Selection ALL = new Selection(Set.of(), Set.of(), null, null, 3);

  Selection {
    reasons = Set.copyOf(reasons);
    origins = Set.copyOf(origins);
    if (since != null && until != null && !since.isBefore(until)) {
      throw new IllegalArgumentException(
          "Letters since " + since + " and until " + until + " are none; make since the earlier.");
    }
    if (maxReplays < 1) {
      throw new IllegalArgumentException(
          "The most replays of a record are at least 1, not " + maxReplays + ".");
    }
  }

  Verdict judge(Letter letter) {
    if (!matches(letter.content())) {
      return Verdict.NOT_SELECTED;
    }
    return letter.replays() < maxReplays ? Verdict.SELECTED : Verdict.CAME_BACK;
  }

  private boolean matches(DeadLetter letter) {
    Instant written = letter.getRejectedAt();
    // By name, for a later version may know more reasons.
    boolean reasonFits =
        reasons.isEmpty()
            || reasons.stream().anyMatch(reason -> reason.name().equals(letter.getReason()));
    return reasonFits
        && (origins.isEmpty() || origins.contains(letter.getOrigin().getTopic()))
        && (since == null || !written.isBefore(since))
        && (until == null || written.isBefore(until));
  }

  /** In words that are equal for equal selections. */
  String describe() {
    return "reasons "
        + all(reasons)
        + ", origins "
        + all(origins)
        + ", since "
        + (since == null ? "ever" : since)
        + ", until "
        + (until == null ? "now" : until)
        + ", at most "
        + maxReplays
        + " replays";
  }

  private static String all(Collection<?> names) {
    return names.isEmpty()
        ? "all"
        : names.stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
  }
}
