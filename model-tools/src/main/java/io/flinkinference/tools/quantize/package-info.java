/**
 * Forms of a graph that compute with numbers of 8 bits.
 *
 * <p>Source of the operators: <a
 * href="https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md">Contributed
 * operators of ONNX Runtime</a>; of the smoothing: Xiao et al., SmoothQuant, 2022.
 */
package io.flinkinference.tools.quantize;
