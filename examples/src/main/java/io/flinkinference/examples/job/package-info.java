/**
 * A scoring job that needs no code: {@code JobFile} declares its file, a class a section; {@code
 * ScoringPipeline} builds the Flink job from it. The same file is the argument of the application's
 * jar on a cluster and of the command {@code run} on this machine.
 */
package io.flinkinference.examples.job;
