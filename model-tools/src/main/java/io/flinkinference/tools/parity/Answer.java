package io.flinkinference.tools.parity;

/** What a model says of a text, in a form in which answers of any task can be compared. */
public sealed interface Answer permits LabelAnswer, ScoreAnswer, TokenAnswer, VectorAnswer {

  /** The decision; empty where the task makes none, as for a vector or a single score. */
  String label();

  /** How near another answer is, at most 1; 0 where they are not of one kind. */
  double similarity(Answer other);

  /** The share of decisions that are the same, from 0 to 1. */
  default double agreement(Answer other) {
    return label().equals(other.label()) ? 1 : 0;
  }
}
