/** A job that runs for long, restarts again and again, and must not grow; profile {@code soak}. */
package io.flinkinference.reliability.soak;
