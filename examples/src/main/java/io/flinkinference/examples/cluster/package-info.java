/** A Flink cluster in this process, whose inference operators report to whoever started it. */
package io.flinkinference.examples.cluster;
