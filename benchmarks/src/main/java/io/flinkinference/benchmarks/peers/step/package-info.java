/** Inference steps as users write them with Flink's own functions. */
package io.flinkinference.benchmarks.peers.step;
