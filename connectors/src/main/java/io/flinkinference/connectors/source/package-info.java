/** What the source of Flink's Kafka connector lacks. */
package io.flinkinference.connectors.source;
