package io.flinkinference.task;

/** How the numbers of a classification model become scores. */
public enum Scoring {
  /** As the model's problem_type says; without one as the pipelines of transformers do it. */
  AS_MODEL,
  /** One label is right: the scores sum up to 1. */
  SOFTMAX,
  /** Each label by itself, between 0 and 1. */
  SIGMOID,
  /** The numbers themselves. */
  RAW
}
