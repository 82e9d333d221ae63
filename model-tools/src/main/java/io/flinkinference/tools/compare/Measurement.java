package io.flinkinference.tools.compare;

/**
 * What was measured of one model, in a process of its own.
 *
 * @param model directory, graph or name
 * @param rows texts of the data, the same for all models
 * @param unscored of these, texts that it could not score, or whose labels it cannot give; they
 *     count as wrong
 * @param accuracy share of texts whose labels are all right
 * @param accuracyLow lower end of its interval of 95 %
 * @param accuracyHigh upper end
 * @param macroF1 mean F1 of the labels
 * @param textsPerSecond with the batching of the operator, tokenization included; the median of
 *     some seconds
 * @param p50Millis median time of a text that comes alone
 * @param p99Millis 99th percentile of it
 * @param sizeBytes of graph, weights and tokenizer on disk
 * @param memoryBytes most memory that the process had; 0 where the system does not tell
 * @param cpuSecondsPer1000 processor time of 1,000 texts in batches, the mean over these seconds
 */
public record Measurement(
    String model,
    int rows,
    int unscored,
    double accuracy,
    double accuracyLow,
    double accuracyHigh,
    double macroF1,
    double textsPerSecond,
    double p50Millis,
    double p99Millis,
    long sizeBytes,
    long memoryBytes,
    double cpuSecondsPer1000) {}
