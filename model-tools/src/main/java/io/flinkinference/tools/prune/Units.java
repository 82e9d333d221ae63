package io.flinkinference.tools.prune;

import java.util.List;

/**
 * What can be taken out of one place, piece by piece: the neurons of a feed-forward part, or the
 * heads of an attention.
 *
 * @param kind of the pieces
 * @param count how many there are
 * @param size of each: the channels that it writes
 * @param reads names of the values of all channels; several where layers share their weights
 * @param into name of the weights that they are multiplied with, with a row for each channel
 * @param biases names of what is added to these products, where there is something
 * @param columns names of constants whose last dimension are the channels
 * @param splits names of values that have the pieces as their third of four dimensions
 * @param joins names of values in which the pieces lie side by side again
 */
record Units(
    Kind kind,
    int count,
    int size,
    List<String> reads,
    String into,
    List<String> biases,
    List<String> columns,
    List<String> splits,
    List<String> joins) {

  /** The pieces that there are. */
  enum Kind {
    NEURONS,
    HEADS
  }

  Units {
    reads = List.copyOf(reads);
    biases = List.copyOf(biases);
    columns = List.copyOf(columns);
    splits = List.copyOf(splits);
    joins = List.copyOf(joins);
  }
}
