package io.flinkinference.tools.autodiff;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Node;
import java.util.List;

/**
 * Adds numbers to the places that indices name, where the operators are too old to add what falls
 * on one place.
 *
 * <p>Sorted by their indices, the numbers of a place lie side by side. Their sum is what has added
 * up to the last of them, less what had added up before the first; and of last and of first ones
 * each place has one. A matrix of all pairs of numbers and places would be simpler, and for
 * DeBERTa's positions larger than memory.
 */
final class SortedSums {

  private SortedSums() {}

  /**
   * Zeros in the shape of a value, with numbers added.
   *
   * @param indices along the axis, from 0 or from the end
   * @param numbers in the shape of the indices
   */
  static String scattered(String like, String indices, String numbers, long axis, Backward to) {
    String size = to.size(like, axis);
    String given = cast(indices, ElementType.INT64, to);
    String fromEnd = to.op("Less", given, to.numbers(0));
    String places = to.op("Where", fromEnd, to.op("Add", given, size), given);
    String length = to.size(places, axis);
    String order = to.name();
    Node sort =
        Node.of("TopK", List.of(places, length), to.name(), order)
            .with("axis", axis)
            .with("largest", 0);
    String sorted = to.add(sort);
    // Differences of long sums lose digits, which doubles have to spare.
    String doubles = cast(numbers, ElementType.DOUBLE, to);
    String moved =
        to.add(Node.of("GatherElements", List.of(doubles, order), to.name()).with("axis", axis));
    String none = to.op("Expand", to.numbers(-1), shape(places, axis, to.numbers(1), to));
    String later = slice(sorted, to.numbers(1), length, axis, to);
    String earlier = slice(sorted, to.numbers(0), to.op("Sub", length, to.numbers(1)), axis, to);
    String next = joined(later, none, axis, to);
    String before = joined(none, earlier, axis, to);
    String through = put(sums(moved, axis, 0, to), sorted, next, like, axis, to);
    String until = put(sums(moved, axis, 1, to), sorted, before, like, axis, to);
    return cast(to.op("Sub", through, until), ElementType.FLOAT, to);
  }

  /** Puts those numbers to their places whose neighbour has another place. */
  private static String put(
      String numbers, String places, String neighbours, String like, long axis, Backward to) {
    String size = to.size(like, axis);
    // The others all go to one place more, which is cut away.
    String alone = to.op("Where", to.op("Equal", places, neighbours), size, places);
    String more = shape(like, axis, to.op("Add", size, to.numbers(1)), to);
    String zeros = cast(to.op("ConstantOfShape", more), ElementType.DOUBLE, to);
    String put =
        to.add(
            Node.of("ScatterElements", List.of(zeros, alone, numbers), to.name())
                .with("axis", axis));
    return slice(put, to.numbers(0), size, axis, to);
  }

  private static String sums(String numbers, long axis, long exclusive, Backward to) {
    return to.add(
        Node.of("CumSum", List.of(numbers, to.numbers(axis)), to.name())
            .with("exclusive", exclusive));
  }

  private static String slice(String value, String from, String end, long axis, Backward to) {
    return to.op("Slice", value, from, end, to.numbers(axis));
  }

  private static String joined(String one, String other, long axis, Backward to) {
    return to.add(Node.of("Concat", List.of(one, other), to.name()).with("axis", axis));
  }

  /** The shape of a value with another size along an axis. */
  private static String shape(String value, long axis, String size, Backward to) {
    String shape = to.op("Shape", value);
    String before = to.op("Slice", shape, to.numbers(0), to.numbers(axis));
    String after = to.op("Slice", shape, to.numbers(axis + 1), to.numbers(Long.MAX_VALUE));
    return to.add(Node.of("Concat", List.of(before, size, after), to.name()).with("axis", 0));
  }

  private static String cast(String value, ElementType type, Backward to) {
    return to.add(Node.of("Cast", List.of(value), to.name()).with("to", type.onnx()));
  }
}
