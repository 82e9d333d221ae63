/** What the demo shows: plain values in, lines out. */
package io.flinkinference.examples.screen;
