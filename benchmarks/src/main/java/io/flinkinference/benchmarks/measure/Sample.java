package io.flinkinference.benchmarks.measure;

/**
 * What one run of a side did.
 *
 * @param records that were done
 * @param tokens real tokens of those records, padding excluded
 * @param wallNanos how long it took
 * @param cpuNanos processor time that all involved processes spent meanwhile
 */
public record Sample(long records, long tokens, long wallNanos, long cpuNanos) {

  public Sample {
    if (records < 1 || wallNanos < 1 || tokens < 0 || cpuNanos < 0) {
      throw new IllegalArgumentException(
          "No run does "
              + records
              + " records of "
              + tokens
              + " tokens in "
              + wallNanos
              + " ns of time and "
              + cpuNanos
              + " ns of the processor.");
    }
  }

  /** Records in a second. */
  public double recordsPerSecond() {
    return records * 1e9 / wallNanos;
  }

  /** Real tokens in a second. */
  public double tokensPerSecond() {
    return tokens * 1e9 / wallNanos;
  }

  /** Processor seconds that 1,000 records take. */
  public double cpuSecondsPerThousand() {
    return cpuNanos / 1e6 / records;
  }
}
