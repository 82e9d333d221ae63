package io.flinkinference.result;

import java.util.Objects;

/**
 * What produced a result.
 *
 * @param name the model's name
 * @param sha256 SHA-256 over the graph, its external weights and dense layers, 64 hexadecimal
 *     digits
 * @param precision {@code fp32}, {@code fp16} or {@code int8}, as found in the graph
 * @param device where it ran: {@code cpu}, {@code cuda:0}
 * @param batchInvariant whether a result is independent of the texts that shared its batch; false
 *     for models that quantise activations over the batch, compute with 16 bits, or reduce over the
 *     sequence in the graph
 */
public record ModelStamp(
    String name, String sha256, String precision, String device, boolean batchInvariant) {

  public ModelStamp {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(device, "device");
  }
}
