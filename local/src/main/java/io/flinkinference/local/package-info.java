/** A real Kafka broker in a process of its own, for the demo, tests and benchmarks. */
package io.flinkinference.local;
