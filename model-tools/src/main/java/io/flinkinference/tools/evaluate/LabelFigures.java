package io.flinkinference.tools.evaluate;

/**
 * How well one label is told.
 *
 * @param label its name
 * @param support texts that have it
 * @param precision share of the texts given it that have it
 * @param recall share of the texts that have it that are given it
 * @param f1 harmonic mean of the two
 */
public record LabelFigures(String label, int support, double precision, double recall, double f1) {

  static LabelFigures of(String label, int right, int given, int support) {
    double precision = given == 0 ? 0 : (double) right / given;
    double recall = support == 0 ? 0 : (double) right / support;
    double f1 = given + support == 0 ? 0 : 2.0 * right / (given + support);
    return new LabelFigures(label, support, precision, recall, f1);
  }
}
