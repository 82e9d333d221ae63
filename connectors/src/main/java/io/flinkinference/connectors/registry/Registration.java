package io.flinkinference.connectors.registry;

/** What a sink does about the schema of its values. */
public enum Registration {
  /** It registers the schema under its subject, unless it is there. */
  REGISTER,
  /**
   * It registers nothing and writes values with the subject's latest schema, which must be able to
   * read what the sink has to say.
   */
  USE_LATEST
}
