/** The Flink operator: in-flight records, state, watermarks, metrics. */
package io.flinkinference.operator;
