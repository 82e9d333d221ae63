/** The engine alone, without Flink, Kafka and the operator's batching: the line of 100 %. */
package io.flinkinference.benchmarks.bare;
