package io.flinkinference.tools.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
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

  /** No label of a row is blank. */
  private static final List<String> NO_LABEL = List.of("");

  public Split {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /**
   * Divides rows; the same rows, shares and seed give the same parts. Validation and test have
   * their shares of all rows, unless too few can be given away: a label keeps at least one row to
   * learn from. Rows of equal text count as one, and stay in one part.
   */
  public static Split of(List<LabeledText> rows, double validation, double test, long seed) {
    Random random = new Random(seed);
    EqualTexts texts = EqualTexts.of(rows);
    List<LabeledText> once = texts.once();
    long toTest = Math.round(test * once.size());
    long toGive = toTest + Math.round(validation * once.size());
    Parts parts = new Parts();
    List<List<LabeledText>> groups = new ArrayList<>(shuffledByLabel(once, random));
    Collections.shuffle(groups, random);
    HeldOut heldOut = HeldOut.of(groups, toGive);
    parts.train.addAll(heldOut.kept());
    for (LabeledText row : heldOut.given()) {
      // In turns, for rows of a label are beside each other: both parts get their shares of it.
      long due = Math.round((parts.given() + 1.0) * toTest / toGive);
      (parts.test.size() < due ? parts.test : parts.validation).add(row);
    }
    return parts.withAll(texts);
  }

  /**
   * A few rows of each label to learn from, and of those without any; all others are for the test.
   * A row with several labels is learned from as long as one of them has too few. Rows of equal
   * text count as one, and stay in one part.
   */
  public static Split fewShot(List<LabeledText> rows, int each, long seed) {
    Random random = new Random(seed);
    EqualTexts texts = EqualTexts.of(rows);
    List<Iterator<LabeledText>> turns = new ArrayList<>();
    for (List<LabeledText> group : shuffledByLabel(texts.once(), random)) {
      turns.addAll(Collections.nCopies(group.size(), group.iterator()));
    }
    Collections.shuffle(turns, random);
    Parts parts = new Parts();
    Map<String, Integer> learned = new HashMap<>();
    for (Iterator<LabeledText> turn : turns) {
      LabeledText row = turn.next();
      List<String> counted = row.labels().isEmpty() ? NO_LABEL : row.labels();
      if (counted.stream().anyMatch(label -> learned.getOrDefault(label, 0) < each)) {
        parts.train.add(row);
        counted.forEach(label -> learned.merge(label, 1, Integer::sum));
      } else {
        parts.test.add(row);
      }
    }
    return parts.withAll(texts);
  }

  private static List<List<LabeledText>> shuffledByLabel(List<LabeledText> rows, Random random) {
    Map<String, List<LabeledText>> groups = new TreeMap<>();
    for (LabeledText row : rows) {
      String key = String.join("\n", row.labels().stream().sorted().toList());
      groups.computeIfAbsent(key, label -> new ArrayList<>()).add(row);
    }
    groups.values().forEach(group -> Collections.shuffle(group, random));
    return List.copyOf(groups.values());
  }

  private static final class Parts {

    private final List<LabeledText> train = new ArrayList<>();
    private final List<LabeledText> validation = new ArrayList<>();
    private final List<LabeledText> test = new ArrayList<>();

    int given() {
      return validation.size() + test.size();
    }

    Split withAll(EqualTexts texts) {
      return new Split(texts.all(train), texts.all(validation), texts.all(test));
    }
  }
}
