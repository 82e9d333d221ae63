/** Learns a linear classifier on vectors. Plain Java; the same data give the same bits. */
package io.flinkinference.tools.train;
