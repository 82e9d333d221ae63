package io.flinkinference.task;

import io.flinkinference.text.TextInput;

/** One input of the texts that a record has. */
enum PairForm implements InputForm {
  AS_READ {
    @Override
    public TextInput input(TextInput record, int index) {
      return record;
    }

    @Override
    public boolean needsPair() {
      return false;
    }
  },
  TEXT_FIRST {
    @Override
    public TextInput input(TextInput record, int index) {
      return record;
    }
  },
  PAIR_FIRST {
    @Override
    public TextInput input(TextInput record, int index) {
      String first = record.pair();
      return new TextInput(first, record.text());
    }

    @Override
    public boolean textStandsSecond() {
      return true;
    }
  };

  static PairForm of(PairOrder order) {
    return order == PairOrder.TEXT_FIRST ? TEXT_FIRST : PAIR_FIRST;
  }

  @Override
  public boolean textStandsSecond() {
    return false;
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public boolean needsPair() {
    return true;
  }

  @Override
  public void check(boolean hasPair) {
    if (needsPair() && !hasPair) {
      throw new IllegalArgumentException(
          "The task judges two texts, and records have one. Say where the second is, as in"
              + " .pair(Answer::question), or give the task a second text for all records where it"
              + " takes one.");
    }
  }
}
