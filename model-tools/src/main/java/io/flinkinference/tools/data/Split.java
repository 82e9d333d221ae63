package io.flinkinference.tools.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Rows in three parts, each with about the same share of each label.
 *
 * @param train to learn from
 * @param validation to choose settings by
 * @param test to report on; nothing is chosen by it
 */
public record Split(List<LabeledText> train, List<LabeledText> validation, List<LabeledText> test) {

  public Split {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /**
   * Divides rows; the same rows, shares and seed give the same parts. A label keeps at least one
   * row to learn from.
   */
  public static Split of(List<LabeledText> rows, double validation, double test, long seed) {
    Parts parts = new Parts();
    for (List<LabeledText> group : shuffledByLabel(rows, seed)) {
      int toTest = (int) Math.round(test * group.size());
      int toValidation = (int) Math.round(validation * group.size());
      toTest = Math.min(toTest, group.size() - 1);
      toValidation = Math.min(toValidation, group.size() - 1 - toTest);
      parts.test.addAll(group.subList(0, toTest));
      parts.validation.addAll(group.subList(toTest, toTest + toValidation));
      parts.train.addAll(group.subList(toTest + toValidation, group.size()));
    }
    return parts.inOrder();
  }

  /** A few rows of each label to learn from; all others are for the test. */
  public static Split fewShot(List<LabeledText> rows, int each, long seed) {
    Parts parts = new Parts();
    for (List<LabeledText> group : shuffledByLabel(rows, seed)) {
      int count = Math.min(each, group.size());
      parts.train.addAll(group.subList(0, count));
      parts.test.addAll(group.subList(count, group.size()));
    }
    return parts.inOrder();
  }

  private static List<List<LabeledText>> shuffledByLabel(List<LabeledText> rows, long seed) {
    Map<String, List<LabeledText>> groups = new TreeMap<>();
    for (LabeledText row : rows) {
      String key = String.join("\n", row.labels().stream().sorted().toList());
      groups.computeIfAbsent(key, label -> new ArrayList<>()).add(row);
    }
    Random random = new Random(seed);
    groups.values().forEach(group -> Collections.shuffle(group, random));
    return List.copyOf(groups.values());
  }

  private static final class Parts {

    private final List<LabeledText> train = new ArrayList<>();
    private final List<LabeledText> validation = new ArrayList<>();
    private final List<LabeledText> test = new ArrayList<>();

    Split inOrder() {
      Comparator<LabeledText> byLine = Comparator.comparingLong(LabeledText::line);
      train.sort(byLine);
      validation.sort(byLine);
      test.sort(byLine);
      return new Split(train, validation, test);
    }
  }
}
