package io.flinkinference.connectors.registry;

/** Says why the registry did not do what it was asked for. */
public final class RegistryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What a refusal is about. */
  enum Kind {
    NOT_FOUND,
    UNUSABLE,
    OTHER
  }

  private final Kind kind;

  RegistryException(String message, Throwable cause) {
    super(message, cause);
    this.kind = Kind.OTHER;
  }

  RegistryException(String message, Kind kind, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Whether the registry answered that it has no such schema, version or subject. */
  public boolean isNotFound() {
    return kind == Kind.NOT_FOUND;
  }

  /** Whether the registry has the schema, but it is none of Avro's, or cannot be read as one. */
  public boolean isUnusable() {
    return kind == Kind.UNUSABLE;
  }
}
