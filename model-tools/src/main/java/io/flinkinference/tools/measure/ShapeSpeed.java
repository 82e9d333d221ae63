package io.flinkinference.tools.measure;

/**
 * Speeds of two models with batches of one shape.
 *
 * @param shape as rows x tokens
 * @param original tokens a second of the first
 * @param other tokens a second of the second
 * @param ratio how many times the second is as fast
 */
public record ShapeSpeed(String shape, double original, double other, double ratio) {}
