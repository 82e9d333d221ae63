/**
 * What a demo measured: plain values, made by the demo, shown on the screen and written as JSON.
 */
package io.flinkinference.examples.figures;
