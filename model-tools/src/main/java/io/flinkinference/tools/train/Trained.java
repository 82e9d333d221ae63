package io.flinkinference.tools.train;

/**
 * A head with how it was found.
 *
 * @param head with the temperature in it
 * @param strength of the regularisation that was chosen
 * @param iterations of the chosen
 * @param temperature 1 where there was no validation part
 */
public record Trained(Head head, double strength, int iterations, double temperature) {}
