package io.flinkinference.reliability.chaos;

/** What the properties of the suite ask for. */
final class ChaosOptions {

  private static final String TINY = "tiny";

  private ChaosOptions() {}

  /** {@code chaos.seed}: another one at each run unless it is given. */
  static long seed() {
    return Long.getLong("chaos.seed", System.currentTimeMillis() % 1_000_000);
  }

  /** {@code chaos.records}: how many records go in. */
  static int records() {
    return Integer.getInteger("chaos.records", 200_000);
  }

  /** {@code chaos.model}: a model directory or the name of a bundled embedding model. */
  static String model() {
    return System.getProperty("chaos.model", TINY);
  }

  /** Whether the model is the {@link TinyModel}. */
  static boolean isTiny() {
    return model().equals(TINY);
  }
}
