/** The demo: a broker, a Flink cluster, a job, a sender, and a reader that checks the results. */
package io.flinkinference.examples.demo;
