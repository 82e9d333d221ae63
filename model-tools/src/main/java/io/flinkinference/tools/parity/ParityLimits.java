package io.flinkinference.tools.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a model has to reach to stand in for another.
 *
 * @param minCosine of the answers that differ most
 * @param meanCosine over all texts
 * @param agreement share of texts with the same decision
 */
public record ParityLimits(double minCosine, double meanCosine, double agreement) {

  /** For rewrites that only round otherwise. */
  public static final ParityLimits SAME = new ParityLimits(0.9999, 0.99999, 0.99);

  /**
   * For models from which parts were taken out: another model with much the same answers. Whether
   * that is good enough depends on the task, so a user who knows says so.
   */
  public static final ParityLimits PRUNED = new ParityLimits(0.5, 0.9, 0.9);

  public ParityLimits {
    require(minCosine, "minCosine");
    require(meanCosine, "meanCosine");
    require(agreement, "agreement");
  }

  private static void require(double limit, String name) {
    if (!(limit >= -1 && limit <= 1)) {
      throw new IllegalArgumentException(name + " lies between -1 and 1, not " + limit + ".");
    }
  }

  /** The figures that are below their limits, each as words; empty if the model is good enough. */
  public List<String> failures(Parity parity) {
    List<String> failures = new ArrayList<>();
    check("the lowest cosine", parity.minCosine(), minCosine, failures);
    check("the mean cosine", parity.meanCosine(), meanCosine, failures);
    check("the agreement", parity.agreement(), agreement, failures);
    return failures;
  }

  private static void check(String what, double found, double limit, List<String> failures) {
    if (!(found >= limit)) {
      failures.add(
          String.format(Locale.ROOT, "%s is %.6f, below the limit of %.6f", what, found, limit));
    }
  }
}
