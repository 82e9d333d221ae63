package io.flinkinference.connectors.output;

import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.format.Enrichment;
import io.flinkinference.connectors.registry.RegisteredSchema;
import java.util.Objects;

/**
 * The record that was scored, with the result in a field.
 *
 * @param input how the values read say with which schema they were written
 * @param field name of the added field
 * @param target where schemas are registered, or null for the single-object encoding
 */
record EnrichedFormat(AvroEncoding input, String field, RegisteredSchema target)
    implements OutputFormat {

  private static final long serialVersionUID = 1L;

  EnrichedFormat {
    Objects.requireNonNull(input, "input");
    Enrichment.requireName(field);
  }

  @Override
  public void check(ResultKind<?> kind) {
    kind.requireSingle();
  }

  @Override
  public boolean hasText() {
    return false;
  }

  @Override
  public <R> ResultEncoder<R> encoder(ResultKind<R> kind, String topic, boolean includeText) {
    return new EnrichedEncoder<>(kind, input, field, Framing.of(target, topic));
  }
}
