package io.flinkinference.model;

import java.util.SortedMap;

/**
 * What {@link OnnxGraphReader} finds in a graph.
 *
 * @param facts what is passed on
 * @param externalData names of the files, relative to that of the graph, that hold its weights, and
 *     how many bytes each has at least; empty where the graph holds them itself
 * @param details what is checked against other files
 */
record OnnxGraph(GraphFacts facts, SortedMap<String, Long> externalData, GraphDetails details) {}
