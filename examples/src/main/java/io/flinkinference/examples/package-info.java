/** The command line: {@code demo} and {@code score}. */
package io.flinkinference.examples;
