package io.flinkinference.tools.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Minimises a smooth function with limited memory: the two-loop recursion and a backtracking line
 * search (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 3.1). For one thread.
 */
final class Lbfgs {

  private static final int MEMORY = 8;
  private static final double SUFFICIENT = 1e-4;
  private static final double FLAT = 1e-5;
  private static final int MOST_HALVINGS = 20;

  private final Objective objective;
  private final ArrayDeque<Step> steps = new ArrayDeque<>();
  private double[] point;
  private double[] gradient;
  private double value;

  private Lbfgs(Objective objective, double[] start) {
    this.objective = objective;
    this.point = start.clone();
    this.gradient = new double[start.length];
    this.value = objective.at(point, gradient);
  }

  /**
   * Walks down from a point.
   *
   * @param goOn is asked after each iteration, with the point reached
   * @return the last point
   */
  static double[] minimize(
      Objective objective, double[] start, int most, Predicate<double[]> goOn) {
    Lbfgs walk = new Lbfgs(objective, start);
    for (int i = 0; i < most && walk.isSteep(); i++) {
      if (!walk.step() || !goOn.test(walk.point)) {
        break;
      }
    }
    return walk.point;
  }

  private boolean isSteep() {
    return Math.sqrt(dot(gradient, gradient)) > FLAT * Math.max(1, Math.sqrt(dot(point, point)));
  }

  private boolean step() {
    double[] direction = direction();
    double slope = dot(direction, gradient);
    double length = steps.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    double[] next = new double[point.length];
    double[] nextGradient = new double[point.length];
    for (int i = 0; i < MOST_HALVINGS; i++) {
      for (int j = 0; j < next.length; j++) {
        next[j] = point[j] + length * direction[j];
      }
      double nextValue = objective.at(next, nextGradient);
      if (nextValue <= value + SUFFICIENT * length * slope) {
        remember(next, nextGradient);
        point = next;
        gradient = nextGradient;
        value = nextValue;
        return true;
      }
      length /= 2;
    }
    return false;
  }

  private double[] direction() {
    double[] direction = gradient.clone();
    List<Step> all = new ArrayList<>(steps);
    double[] shares = new double[all.size()];
    for (int i = all.size() - 1; i >= 0; i--) {
      Step step = all.get(i);
      shares[i] = dot(step.move, direction) / step.curvature;
      add(direction, -shares[i], step.change);
    }
    double scale = 1;
    if (!all.isEmpty()) {
      Step last = steps.getLast();
      scale = last.curvature / dot(last.change, last.change);
    }
    for (int i = 0; i < direction.length; i++) {
      direction[i] *= scale;
    }
    for (int i = 0; i < all.size(); i++) {
      Step step = all.get(i);
      double share = dot(step.change, direction) / step.curvature;
      add(direction, shares[i] - share, step.move);
    }
    for (int i = 0; i < direction.length; i++) {
      direction[i] = -direction[i];
    }
    return direction;
  }

  private void remember(double[] next, double[] nextGradient) {
    Step step = new Step(next.length);
    for (int i = 0; i < next.length; i++) {
      step.move[i] = next[i] - point[i];
      step.change[i] = nextGradient[i] - gradient[i];
    }
    step.curvature = dot(step.move, step.change);
    if (step.curvature > 1e-12) {
      steps.addLast(step);
      if (steps.size() > MEMORY) {
        steps.removeFirst();
      }
    }
  }

  private static void add(double[] to, double factor, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * what[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** What one iteration told about the curvature. */
  private static final class Step {

    private final double[] move;
    private final double[] change;
    private double curvature;

    Step(int size) {
      move = new double[size];
      change = new double[size];
    }
  }
}
