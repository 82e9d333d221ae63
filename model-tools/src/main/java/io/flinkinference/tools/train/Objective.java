package io.flinkinference.tools.train;

/** A function to be minimised. Called by one thread. */
interface Objective {

  /**
   * The value at a point.
   *
   * @param gradient is overwritten with the gradient there
   */
  double at(double[] point, double[] gradient);
}
