/**
 * An ONNX model as a graph that can be changed: read, looked at, rewritten, written.
 *
 * <p>Source of the format: <a href="https://onnx.ai/onnx/repo-docs/IR.html">Open Neural Network
 * Exchange Intermediate Representation</a>.
 */
package io.flinkinference.tools.graph;
