package io.flinkinference.model;

/** How the outputs of a classification model are meant; {@code problem_type} in config.json. */
public enum ProblemType {
  /** One label is right: softmax over all. */
  SINGLE_LABEL,
  /** Any number of labels is right: a sigmoid each. */
  MULTI_LABEL,
  /** The outputs are the values themselves. */
  REGRESSION
}
