/**
 * What a benchmark is, and how sides are compared: in turns, by medians, with the processor's time
 * of each.
 */
package io.flinkinference.benchmarks.measure;
