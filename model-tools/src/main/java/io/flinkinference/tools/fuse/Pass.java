package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.session.Observation;

/** One rewriting of a graph. Its outputs stay what they are, up to rounding. */
interface Pass {

  /**
   * Rewrites what it finds.
   *
   * @param observation of the graph as it is before the first pass; names of values that are left
   *     keep their meaning
   * @return what was found, and what looked like it and was not
   */
  PassReport apply(Graph graph, Observation observation);
}
