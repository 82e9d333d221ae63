package io.flinkinference.tools.parity;

/** What a model says of a text, in a form in which answers of any task can be compared. */
public sealed interface Answer permits LabelAnswer, VectorAnswer {

  /** The decision; empty where the task makes none, as for a vector. */
  String label();

  /** How near another answer is, at most 1; 0 where one is a vector and the other is not. */
  double similarity(Answer other);
}
