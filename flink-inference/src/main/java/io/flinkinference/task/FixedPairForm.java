package io.flinkinference.task;

import io.flinkinference.text.TextInput;
import java.util.List;

/**
 * A pair of the record's text with each of some given texts.
 *
 * @param others the given texts, at least one
 * @param order {@link PairOrder#PAIR_FIRST} where the given text stands first
 */
record FixedPairForm(List<String> others, PairOrder order) implements InputForm {

  private static final long serialVersionUID = 1L;

  FixedPairForm {
    others = List.copyOf(others);
  }

  @Override
  public int count() {
    return others.size();
  }

  @Override
  public TextInput input(TextInput record, int index) {
    return order == PairOrder.TEXT_FIRST
        ? new TextInput(record.text(), others.get(index))
        : new TextInput(others.get(index), record.text());
  }

  @Override
  public boolean textStandsSecond() {
    return order == PairOrder.PAIR_FIRST;
  }

  @Override
  public boolean needsPair() {
    return false;
  }

  @Override
  public void check(boolean hasPair) {
    if (hasPair) {
      throw new IllegalArgumentException(
          "The task has its own second text ('"
              + others.get(0)
              + "'), and it was also said where that of a record is. Leave one of the two out.");
    }
  }
}
