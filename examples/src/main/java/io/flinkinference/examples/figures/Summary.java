package io.flinkinference.examples.figures;

import io.flinkinference.result.ModelStamp;
import java.time.Duration;
import java.util.Map;

/**
 * How a demo went.
 *
 * @param produced records sent
 * @param scored records that came back with a result
 * @param missing records that did not come back
 * @param duplicates times that a record came back once more
 * @param deadLettered records that came back as dead letters
 * @param reasons dead letters by their reason
 * @param flatOut the first phase: all texts at once
 * @param paced the second phase: texts at a rate that the job can bear
 * @param pace records a second sent in the second phase
 * @param batches engine runs of both phases
 * @param model what scored the records, or null if nothing was scored
 * @param toFirstResult from the start of the program to the first result, or null if there is none
 */
public record Summary(
    int produced,
    int scored,
    int missing,
    int duplicates,
    int deadLettered,
    Map<String, Integer> reasons,
    PhaseFigures flatOut,
    PhaseFigures paced,
    double pace,
    BatchFigures batches,
    ModelStamp model,
    Duration toFirstResult) {

  /** Whether every record that was sent came back, and none of them twice. */
  public boolean exactlyOnce() {
    return missing == 0 && duplicates == 0;
  }
}
