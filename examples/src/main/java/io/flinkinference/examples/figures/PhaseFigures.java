package io.flinkinference.examples.figures;

/**
 * What was measured while texts were sent in one way.
 *
 * @param sent texts sent so far
 * @param scored of them, results that a reader of committed records has seen
 * @param deadLettered of them, dead letters that such a reader has seen
 * @param recordsPerSecond records done a second, from the first that was sent to the last result
 * @param toResult from the timestamp in Kafka to the moment of scoring, or null before the first
 * @param toReader from the timestamp in Kafka to the moment of reading the committed result, or
 *     null
 * @param batches engine runs
 */
public record PhaseFigures(
    int sent,
    int scored,
    int deadLettered,
    double recordsPerSecond,
    Latency toResult,
    Latency toReader,
    BatchFigures batches) {}
