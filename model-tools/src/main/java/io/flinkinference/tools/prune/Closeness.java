package io.flinkinference.tools.prune;

import io.flinkinference.tools.session.Likeness.Near;
import java.util.List;

/**
 * How near the outputs of a graph are to those of another, on texts that nothing was learned from.
 *
 * @param cosine mean over the texts
 * @param error squared distances as a share of the squared lengths
 */
public record Closeness(double cosine, double error) {

  static Closeness of(List<Near> texts) {
    return new Closeness(
        texts.stream().mapToDouble(Near::likeness).average().orElseThrow(),
        texts.stream().mapToDouble(Near::distance).sum()
            / texts.stream().mapToDouble(Near::length).sum());
  }
}
