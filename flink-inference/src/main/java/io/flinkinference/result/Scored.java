package io.flinkinference.result;

/**
 * A record with the result of its text.
 *
 * @param input the record as it came in
 * @param result what the model says; never null
 * @param stamp what produced the result
 * @param <IN> type of the record
 * @param <R> type of the result
 */
public record Scored<IN, R>(IN input, R result, ModelStamp stamp) {}
