package io.flinkinference.tools.prune;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What was taken out, and how near the rest is to the original: on held-out texts where it was
 * taught, else on the texts by which it was weighed, to which it may be nearer than to others.
 *
 * @param layers numbers of the layers that are gone, from 0
 * @param neurons of the feed-forward parts before and after
 * @param heads of the attentions before and after
 * @param missed what could not be taken out, as sentences
 * @param pruned how near the answers were at once
 * @param recovered how near they were after teaching; null where there was none
 * @param recovery how that went; null where there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PruneReport(
    List<Integer> layers,
    Counts neurons,
    Counts heads,
    List<String> missed,
    Closeness pruned,
    Closeness recovered,
    Recovery recovery) {

  public PruneReport {
    layers = List.copyOf(layers);
    missed = List.copyOf(missed);
  }

  /**
   * How many there were and are.
   *
   * @param before of the original
   * @param after of what was made
   */
  public record Counts(int before, int after) {}

  /**
   * Teaching.
   *
   * @param texts that it learned from
   * @param epochs passes after which it was best; 0 if it was never better
   * @param steps that were gone
   */
  public record Recovery(int texts, int epochs, int steps) {}
}
