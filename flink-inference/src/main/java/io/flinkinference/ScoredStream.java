package io.flinkinference;

import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.Scored;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * What comes out of an inference operator. Each record is in exactly one of the two.
 *
 * @param results records with their results
 * @param deadLetters records that could not be scored, with the reason
 * @param <IN> type of the records
 * @param <R> type of the results
 */
public record ScoredStream<IN, R>(
    SingleOutputStreamOperator<Scored<IN, R>> results, DataStream<DeadLetter<IN>> deadLetters) {}
