package io.flinkinference.tools.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Where a value stands between 0 and 1, and which values have a tick.
 *
 * @param logarithmic whether equal distances are equal ratios
 * @param from the value at 0
 * @param to the value at 1, above {@code from}
 * @param ticks values with a tick, ascending, within the range
 */
record Axis(boolean logarithmic, double from, double to, List<Double> ticks) {

  /** With as many values or fewer, the values themselves are the ticks. */
  private static final int FEW = 10;

  /** Below this ratio of its ends, a logarithmic axis needs ticks between the powers of ten. */
  private static final double TWO_DECADES = 100;

  Axis {
    ticks = List.copyOf(ticks);
  }

  /** An axis for what is measured: from 0, or from the last round value, to the next one. */
  static Axis ofMeasures(Collection<Double> values, boolean logarithmic, int about) {
    return logarithmic ? ofPowers(positive(values)) : ofSteps(values, about);
  }

  /**
   * An axis for what was set by the one who measured: it ends at its first and last value, and few
   * values are the ticks.
   */
  static Axis ofSettings(Collection<Double> values, boolean logarithmic, int about) {
    TreeSet<Double> distinct = new TreeSet<>(logarithmic ? positive(values) : finite(values));
    if (distinct.size() < 2) {
      return ofMeasures(values, logarithmic, about);
    }
    Axis bare = new Axis(logarithmic, distinct.first(), distinct.last(), List.of());
    if (distinct.size() > FEW) {
      Axis round = logarithmic ? ofPowers(distinct) : ofSteps(distinct, about);
      return bare.with(round.ticks.stream().filter(t -> t >= bare.from && t <= bare.to).toList());
    }
    return bare.with(bare.apart(distinct, about));
  }

  /** An axis that begins at the round value below all and ends at the one above. */
  static Axis around(Collection<Double> values, int about) {
    double least = finite(values).stream().min(Double::compare).orElse(0.0);
    double most = finite(values).stream().max(Double::compare).orElse(1.0);
    double step = roundStep(Math.max((most - least) / about, 0.001));
    long first = (long) Math.floor(least / step);
    long last = Math.max(first + 1, (long) Math.ceil(most / step));
    List<Double> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return new Axis(false, first * step, last * step, ticks);
  }

  /** Of the values, those that stand far enough from each other. The last always does. */
  private List<Double> apart(TreeSet<Double> values, int about) {
    double least = 0.6 / about;
    List<Double> kept = new ArrayList<>();
    kept.add(values.last());
    for (double value : values.headSet(values.last(), false).descendingSet()) {
      if (at(kept.get(0)) - at(value) >= least) {
        kept.add(0, value);
      }
    }
    return kept;
  }

  private Axis with(List<Double> newTicks) {
    return new Axis(logarithmic, from, to, newTicks);
  }

  /** Where a value stands; values outside of the range stand at its ends. */
  double at(double value) {
    double inside = Math.max(from, Math.min(to, value));
    return logarithmic
        ? Math.log(inside / from) / Math.log(to / from)
        : (inside - from) / (to - from);
  }

  private static Axis ofSteps(Collection<Double> values, int about) {
    double least = 0;
    double most = 0;
    for (double value : finite(values)) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (least == most) {
      most = 1;
    }
    double step = roundStep((most - least) / about);
    long first = (long) Math.floor(least / step);
    long last = (long) Math.ceil(most / step);
    List<Double> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return new Axis(false, first * step, last * step, ticks);
  }

  /** 1, 2 or 5 times a power of ten, at least as large. */
  private static double roundStep(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= step * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** From one of the steps 1, 2 and 5 of a power of ten to another. */
  private static Axis ofPowers(Collection<Double> values) {
    double least = values.stream().min(Double::compare).orElse(1.0);
    double most = values.stream().max(Double::compare).orElse(10.0);
    int first = (int) Math.floor(Math.log10(least));
    int last = (int) Math.ceil(Math.log10(most));
    List<Double> steps = new ArrayList<>();
    for (int power = first - 1; power <= last + 1; power++) {
      for (double factor : new double[] {1, 2, 5}) {
        steps.add(factor * Math.pow(10, power));
      }
    }
    double from = steps.stream().filter(step -> step <= least).max(Double::compare).orElseThrow();
    double to =
        steps.stream()
            .filter(step -> step >= most && step > from)
            .min(Double::compare)
            .orElseThrow();
    boolean allSteps = to / from <= TWO_DECADES;
    List<Double> ticks =
        steps.stream()
            .filter(step -> step >= from && step <= to && (allSteps || isPower(step)))
            .toList();
    return new Axis(true, from, to, ticks);
  }

  private static boolean isPower(double step) {
    double power = Math.log10(step);
    return Math.abs(power - Math.rint(power)) < 1e-6;
  }

  private static List<Double> positive(Collection<Double> values) {
    return finite(values).stream().filter(value -> value > 0).toList();
  }

  private static List<Double> finite(Collection<Double> values) {
    return values.stream().filter(Double::isFinite).toList();
  }
}
