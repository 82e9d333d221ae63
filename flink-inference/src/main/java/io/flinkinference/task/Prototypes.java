package io.flinkinference.task;

/** How near a text is to a name that has several reference texts. */
public enum Prototypes {
  /** As near as it is to the nearest of them. */
  NEAREST,
  /** As near as it is to their mean: the mean of their vectors of length 1, scaled to length 1. */
  MEAN
}
