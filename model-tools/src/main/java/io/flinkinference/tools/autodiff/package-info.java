/**
 * Derives graphs: writes, beside what a graph computes, the gradients of a number that it leads to,
 * in operators of the same kind, so that the runtime that runs the model can also train it.
 *
 * <p>Source of the method: reverse accumulation, as in Griewank and Walther, Evaluating
 * Derivatives, 2008. Source of the operators: the <a
 * href="https://onnx.ai/onnx/operators/">specification of ONNX</a>.
 */
package io.flinkinference.tools.autodiff;
