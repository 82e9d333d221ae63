package io.flinkinference.tools.prune;

/**
 * How near the outputs of a graph are to those of another, on texts that nothing was learned from.
 *
 * @param cosine mean over the texts
 * @param error squared distances as a share of the squared lengths
 */
public record Closeness(double cosine, double error) {}
