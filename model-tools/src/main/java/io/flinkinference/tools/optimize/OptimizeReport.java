package io.flinkinference.tools.optimize;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.measure.ShapeSpeed;
import io.flinkinference.tools.parity.Parity;
import io.flinkinference.tools.prune.PruneReport;
import java.util.List;
import java.util.Map;

/**
 * What was made, and what it is worth. Also the content of {@code inference.json}.
 *
 * @param source what it was made from
 * @param form that was asked for
 * @param sha256 of the graph, as the operator stamps it
 * @param precision as the operator stamps it
 * @param batchInvariant whether a text's result does not depend on the texts beside it
 * @param pruning what was taken out; null where nothing was
 * @param passes what each did
 * @param checkedValues values inside of the fused graph, before any were quantised, that were held
 *     against the original's; 0 where it does not compute with floats of 32 bits
 * @param largestDifference among them
 * @param parity of the answers
 * @param accuracy on the labels that the texts have; null where they have none
 * @param speedup how many times it is as fast: the geometric mean over the shapes
 * @param speeds by shapes of batches
 * @param bytes of the graph before and after
 * @param tokenBudgets the best of each device
 * @param measuredOn the machine
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OptimizeReport(
    Source source,
    String form,
    String sha256,
    String precision,
    boolean batchInvariant,
    PruneReport pruning,
    List<PassReport> passes,
    int checkedValues,
    double largestDifference,
    Parity parity,
    BeforeAfter accuracy,
    double speedup,
    List<ShapeSpeed> speeds,
    BeforeAfter bytes,
    Map<String, Integer> tokenBudgets,
    String measuredOn) {

  public OptimizeReport {
    passes = List.copyOf(passes);
    speeds = List.copyOf(speeds);
    tokenBudgets = Map.copyOf(tokenBudgets);
  }

  /**
   * What a model was made from.
   *
   * @param name of it
   * @param sha256 of its graph
   * @param precision of its weights
   */
  public record Source(String name, String sha256, String precision) {}

  /**
   * A figure of both models.
   *
   * @param original of the one that was given
   * @param optimized of the one that was made
   */
  public record BeforeAfter(double original, double optimized) {}
}
