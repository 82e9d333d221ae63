/** The job around the step that is measured: texts from memory in, vectors into memory. */
package io.flinkinference.benchmarks.peers.job;
