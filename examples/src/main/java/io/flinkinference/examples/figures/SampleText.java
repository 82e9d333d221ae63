package io.flinkinference.examples.figures;

import io.flinkinference.result.LabelScore;

/**
 * A scored text to be shown.
 *
 * @param text what was scored
 * @param best the label that fits best
 * @param next the label that fits second best
 */
public record SampleText(String text, LabelScore best, LabelScore next) {}
