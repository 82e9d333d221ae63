package io.flinkinference.tools.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportanceTest {

  @Test
  void ofPiecesThatDoNothingAsManyAreTakenOutAsWereAskedFor() {
    Units one = units("one", 6);
    Units two = units("two", 4);
    Map<Units, List<Integer>> kept =
        Importance.kept(
            Map.of(one, new double[] {0, 0, 0, 0, 3, 4}, two, new double[] {5, 1, 6, 7}), 0.3, 1);
    assertThat(kept.get(one)).hasSize(3).contains(4, 5);
    assertThat(kept.get(two)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void piecesGoWhereTheyMatterLeastAndInWholeBlocks() {
    Units one = units("one", 4);
    Units two = units("two", 4);
    Map<Units, List<Integer>> kept =
        Importance.kept(
            Map.of(one, new double[] {1, 2, 9, 3}, two, new double[] {8, 7, 6, 5}), 0.375, 2);
    // One of the first four is left, which is rounded up to a block of two.
    assertThat(kept.get(one)).containsExactly(2, 3);
    assertThat(kept.get(two)).containsExactly(0, 1, 2, 3);
  }

  private static Units units(String name, int count) {
    List<String> none = List.of();
    return new Units(Units.Kind.NEURONS, count, 1, none, name, none, none, none, none);
  }
}
