package io.flinkinference.tools.descent;

/**
 * How weights are learned.
 *
 * @param epochs passes over the rows, at most
 * @param batch rows a step
 * @param rate by which a weight changes in a step, at most about
 * @param decay share of the weights that goes with each unit of the rate
 * @param warmUp share of the steps over which the rate rises; after it falls to zero
 * @param patience passes without a better result after which it ends
 * @param seed of the order of the rows
 */
public record DescentOptions(
    int epochs, int batch, double rate, double decay, double warmUp, int patience, long seed) {

  public DescentOptions {
    require(epochs > 0, "epochs", epochs, "at least 1");
    require(batch > 0, "batch", batch, "at least 1");
    require(rate > 0 && rate < 1, "rate", rate, "between 0 and 1");
    require(decay >= 0 && decay < 1, "decay", decay, "at least 0 and below 1");
    require(warmUp >= 0 && warmUp < 1, "warmUp", warmUp, "at least 0 and below 1");
    require(patience > 0, "patience", patience, "at least 1");
  }

  private static void require(boolean good, String name, Number found, String wanted) {
    if (!good) {
      throw new IllegalArgumentException(name + " is " + found + "; it has to be " + wanted + ".");
    }
  }

  /** The rate of a step, from 0, of so many. */
  double rate(long step, long steps) {
    double done = (step + 1.0) / steps;
    return rate * (done < warmUp ? done / warmUp : (1 - done + 1.0 / steps) / (1 - warmUp));
  }
}
