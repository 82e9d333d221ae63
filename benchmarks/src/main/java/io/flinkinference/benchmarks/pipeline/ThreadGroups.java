package io.flinkinference.benchmarks.pipeline;

import io.flinkinference.benchmarks.measure.CpuTrace;
import java.util.List;

/** What the threads of a job do, by their names. */
final class ThreadGroups {

  static final String ENGINE = "engine threads: batches, runs, decoding";
  static final String TASKS = "task threads: texts to token ids, the operator, Avro, the producer";
  static final String FETCHERS = "Kafka: fetching texts";
  static final String PRODUCERS = "Kafka: sending results";
  static final String BROKER = "Kafka: the broker's process";
  static final String FLINK = "Flink: checkpoints, heartbeats, everything else";

  /** All groups, in the order of reading. */
  static final List<String> ALL =
      List.of(ENGINE, TASKS, FETCHERS, PRODUCERS, BROKER, FLINK, CpuTrace.JVM);

  private ThreadGroups() {}

  static String of(String thread) {
    if (thread.startsWith("inference-")) {
      return ENGINE;
    } else if (thread.startsWith("Source Data Fetcher")) {
      return FETCHERS;
    } else if (thread.startsWith("Source: texts")) {
      return TASKS;
    } else if (thread.startsWith("kafka-")) {
      return PRODUCERS;
    }
    return FLINK;
  }
}
