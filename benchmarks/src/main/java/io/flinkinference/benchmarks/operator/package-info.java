/** What the operator itself costs a record, with an engine that does nothing. */
package io.flinkinference.benchmarks.operator;
