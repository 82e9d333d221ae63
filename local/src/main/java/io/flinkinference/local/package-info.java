/**
 * A real Kafka broker and a real Flink cluster in processes of their own, for demo, tests and
 * benchmarks.
 */
package io.flinkinference.local;
