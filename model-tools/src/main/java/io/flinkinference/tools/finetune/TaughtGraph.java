package io.flinkinference.tools.finetune;

import io.flinkinference.tools.descent.DescentResult;
import io.flinkinference.tools.graph.Graph;
import java.util.Map;

/**
 * An encoder with a head, both taught.
 *
 * @param graph that gives logits, divided by the temperature
 * @param layers that were taught
 * @param descent how it went
 * @param temperature that is in the head
 * @param logits of the rows of the test by their lines, not divided
 */
record TaughtGraph(
    Graph graph,
    int layers,
    DescentResult descent,
    double temperature,
    Map<Long, double[]> logits) {}
