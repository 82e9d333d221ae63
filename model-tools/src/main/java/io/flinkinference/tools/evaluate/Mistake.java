package io.flinkinference.tools.evaluate;

import java.util.List;

/**
 * A text that the model is wrong about.
 *
 * @param line in the file
 * @param text the text
 * @param truth what people say
 * @param predicted what the model says
 * @param score probability that the model gives to what it is wrong about
 */
public record Mistake(
    long line, String text, List<String> truth, List<String> predicted, double score) {}
