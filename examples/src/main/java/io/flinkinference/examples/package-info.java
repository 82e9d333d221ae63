/** The command line: {@code demo}, {@code score} and {@code replay}. */
package io.flinkinference.examples;
