/**
 * What users would otherwise run, inside the same Flink job with the same source and sink, so that
 * only the inference step differs.
 */
package io.flinkinference.benchmarks.peers;
