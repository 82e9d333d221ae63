package io.flinkinference.connectors.registry;

import java.io.Serializable;
import java.util.Objects;

/**
 * That a sink's values name their schema by its number in a registry, in Confluent's wire format.
 *
 * @param registry where it is, and how it is asked
 * @param naming under which subject
 * @param registration whether the sink registers it
 */
public record RegisteredSchema(
    RegistryOptions registry, SubjectNaming naming, Registration registration)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public RegisteredSchema {
    Objects.requireNonNull(registry, "registry");
    Objects.requireNonNull(naming, "naming");
    Objects.requireNonNull(registration, "registration");
  }
}
