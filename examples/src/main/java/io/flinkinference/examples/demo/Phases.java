package io.flinkinference.examples.demo;

/**
 * The two ways of sending: the first records as fast as they can be sent, which shows throughput;
 * the last at a rate that the job can bear, which shows latency.
 *
 * @param flatOut number of records of the first phase, at least 1
 * @param paced number of records of the second phase, at least 1
 */
record Phases(int flatOut, int paced) {

  private static final int ONE_IN = 5;

  /** Four fifths flat out, one fifth paced. */
  static Phases of(int records) {
    if (records < 2) {
      throw new IllegalArgumentException(
          "The demo sends two texts at least, for it has two phases; there is " + records + ".");
    }
    int paced = Math.max(1, records / ONE_IN);
    return new Phases(records - paced, paced);
  }

  int records() {
    return flatOut + paced;
  }

  /** Whether a record belongs to the first phase. */
  boolean isFlatOut(int number) {
    return number < flatOut;
  }
}
