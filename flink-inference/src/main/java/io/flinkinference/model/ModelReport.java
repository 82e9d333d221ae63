package io.flinkinference.model;

import java.util.List;
import java.util.Map;

/**
 * What is known of a model without running it.
 *
 * @param name its name
 * @param graph file of the graph
 * @param family {@code model_type} of config.json; empty where it is not said
 * @param tasks that it can be asked, the likeliest first
 * @param inputs of the graph
 * @param outputs of the graph
 * @param tokenizer kind of the tokenizer
 * @param vocabulary tokens that it knows
 * @param paddingSide left or right
 * @param truncationSide left or right
 * @param lowercases whether it makes letters small
 * @param maxTokens most tokens of a text
 * @param parameters numbers in the weights
 * @param bytes of the graph and of weights beside it
 * @param precision of the weights
 * @param opset version of the operators
 * @param batchInvariant whether, by the graph, a result does not depend on the texts beside it
 * @param pooling of the tokens' vectors; empty where it is not said
 * @param labels in the order of their ids
 * @param prompts by their names
 * @param sha256 of graph and weights
 * @param warnings what is missing or contradictory, and what is assumed
 * @param options by which it would run as wished
 */
public record ModelReport(
    String name,
    String graph,
    String family,
    List<String> tasks,
    List<GraphValue> inputs,
    List<GraphValue> outputs,
    String tokenizer,
    int vocabulary,
    String paddingSide,
    String truncationSide,
    boolean lowercases,
    int maxTokens,
    long parameters,
    long bytes,
    String precision,
    int opset,
    boolean batchInvariant,
    String pooling,
    List<String> labels,
    Map<String, String> prompts,
    String sha256,
    List<String> warnings,
    Map<String, String> options) {}
