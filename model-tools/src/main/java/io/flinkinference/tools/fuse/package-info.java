/**
 * Rewrites a graph so that several nodes become one that ONNX Runtime has a fast kernel for.
 *
 * <p>Source of the operators: <a
 * href="https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md">Contributed
 * operators of ONNX Runtime</a>.
 */
package io.flinkinference.tools.fuse;
