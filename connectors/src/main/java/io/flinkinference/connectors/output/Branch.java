package io.flinkinference.connectors.output;

/** Branches of the unions in the schemas: each field that may be missing is null or a value. */
final class Branch {

  static final int NULL = 0;
  static final int VALUE = 1;

  private Branch() {}
}
