/** A Flink cluster in this process, and jobs that are fed from memory. */
package io.flinkinference.benchmarks.flink;
