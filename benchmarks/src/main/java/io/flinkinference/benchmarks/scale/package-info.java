/** Curves that explain the defaults: parallelism, capacity, token budget, rows. */
package io.flinkinference.benchmarks.scale;
