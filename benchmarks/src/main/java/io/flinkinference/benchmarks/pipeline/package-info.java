/** From Kafka topic to Kafka topic with exactly-once, held against the bare engine. */
package io.flinkinference.benchmarks.pipeline;
