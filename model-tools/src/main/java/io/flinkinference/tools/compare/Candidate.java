package io.flinkinference.tools.compare;

/**
 * A model among others.
 *
 * @param measured what was measured
 * @param wattHoursPerMillion estimated energy of a million texts
 * @param pricePerMillion estimated price of a million texts
 * @param onFront whether no other is at least as accurate and as cheap, and better in one of them
 */
public record Candidate(
    Measurement measured, double wattHoursPerMillion, double pricePerMillion, boolean onFront) {}
