package io.flinkinference.tools.evaluate;

/**
 * A cell of the confusion matrix that is not 0.
 *
 * @param truth what people say
 * @param predicted what the model says
 * @param count of the texts
 */
public record Confusion(String truth, String predicted, int count) {}
