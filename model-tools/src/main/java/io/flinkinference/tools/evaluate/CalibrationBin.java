package io.flinkinference.tools.evaluate;

/**
 * Predictions of about the same probability.
 *
 * @param from least probability
 * @param to most
 * @param count of the predictions
 * @param confidence mean probability
 * @param accuracy share that is right
 */
public record CalibrationBin(
    double from, double to, int count, double confidence, double accuracy) {}
