package io.flinkinference.benchmarks.peers.job;

import org.apache.flink.streaming.api.datastream.DataStream;

/** The one part of the job that differs from side to side. Built anew for each run. */
@FunctionalInterface
public interface Step extends AutoCloseable {

  /** Adds itself to the job: one vector for each text, in any order. */
  DataStream<NumberedVector> on(DataStream<NumberedText> texts);

  /** Frees what lives outside the job; called after it has ended. */
  @Override
  default void close() {}
}
