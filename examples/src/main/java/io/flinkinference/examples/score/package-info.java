/** Scores lines of standard input without Flink. */
package io.flinkinference.examples.score;
