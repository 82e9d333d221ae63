package io.flinkinference.tools.compare;

/**
 * What processor time costs: assumptions, not measurements.
 *
 * @param wattsPerCore power of a busy core, with its share of the machine
 * @param pricePerCoreHour price of a core for an hour, in any currency
 */
public record Costs(double wattsPerCore, double pricePerCoreHour) {

  private static final double JOULES_PER_WATT_HOUR = 3_600;
  private static final double SECONDS_PER_HOUR = 3_600;
  private static final double THOUSANDS_PER_MILLION = 1_000;

  public Costs {
    if (!(wattsPerCore >= 0 && pricePerCoreHour >= 0)) {
      throw new CompareException(
          "Watts and price are not below 0: " + wattsPerCore + ", " + pricePerCoreHour + ".");
    }
  }

  /** Energy of a million texts. */
  double wattHours(Measurement measurement) {
    return cpuSeconds(measurement) * wattsPerCore / JOULES_PER_WATT_HOUR;
  }

  /** Price of a million texts. */
  double price(Measurement measurement) {
    return cpuSeconds(measurement) / SECONDS_PER_HOUR * pricePerCoreHour;
  }

  private static double cpuSeconds(Measurement measurement) {
    return measurement.cpuSecondsPer1000() * THOUSANDS_PER_MILLION;
  }
}
