/** How long a text takes from its arrival to its result, under load that does not wait. */
package io.flinkinference.benchmarks.latency;
