/**
 * Changes the weights of a graph little by little, against the gradients of a loss: batches,
 * threads, the step itself, and when to end. The same data, seed and number of threads give the
 * same bits.
 */
package io.flinkinference.tools.descent;
