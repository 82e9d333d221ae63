/** ONNX Runtime behind the engine interface; the only package that knows it. */
package io.flinkinference.engine.onnx;
