package io.flinkinference.tools.session;

import io.flinkinference.tools.graph.GraphException;

/** A rewritten graph that computes something else than the one it was made of. */
public final class OtherGraphException extends GraphException {

  private static final long serialVersionUID = 1L;

  OtherGraphException(String message) {
    super(message);
  }
}
