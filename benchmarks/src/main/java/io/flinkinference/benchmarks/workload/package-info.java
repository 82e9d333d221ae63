/** The texts that are scored: mixes of a real corpus, drawn with fixed seeds, or a file. */
package io.flinkinference.benchmarks.workload;
