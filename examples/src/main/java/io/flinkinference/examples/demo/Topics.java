package io.flinkinference.examples.demo;

/** The demo's topics. */
final class Topics {

  static final String TEXTS = "texts";
  static final String SCORED = "scored";
  static final String DEAD_LETTERS = "dead-letters";

  private Topics() {}
}
