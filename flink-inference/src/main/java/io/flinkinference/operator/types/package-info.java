/** How the values of {@code result} travel between Flink tasks and into checkpoints. */
package io.flinkinference.operator.types;
