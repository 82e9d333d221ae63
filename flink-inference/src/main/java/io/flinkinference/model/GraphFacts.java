package io.flinkinference.model;

/**
 * What an ONNX graph says about itself, read without loading it.
 *
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 * @param batchInvariant false where activations are quantised at run time, over the whole batch, or
 *     are of 16 bits
 * @param opset version of the default operator set
 */
public record GraphFacts(String precision, boolean batchInvariant, int opset) {}
