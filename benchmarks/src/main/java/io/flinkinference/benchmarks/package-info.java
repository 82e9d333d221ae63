/**
 * Measurements of the project against the bare engine, and against what users would otherwise run.
 */
package io.flinkinference.benchmarks;
