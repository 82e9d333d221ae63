package io.flinkinference.connectors.check;

import java.time.Duration;

/**
 * How the checkpoints of a job follow each other.
 *
 * @param interval from the begin of one to the begin of the next, or null where there are none
 * @param longest that one may take
 * @param tolerated how many in a row may fail before the job does
 */
public record CheckpointTimes(Duration interval, Duration longest, int tolerated) {

  /**
   * How long a transaction may be open: from the begin of one checkpoint to the end of the next
   * that does not fail. What was to be committed with one that failed waits for that, too. The
   * first is taken to be over before the next is due: two slow ones in a row may last longer.
   */
  Duration longestTransaction() {
    Duration apart = interval.compareTo(longest) > 0 ? interval : longest;
    return interval.plus(longest).plus(apart.multipliedBy(tolerated));
  }
}
