package io.flinkinference.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {

  @Test
  void noLineIsLongerThanTheTerminal() {
    assertThat(write().lines()).allMatch(line -> line.length() <= TextReport.WIDTH);
  }

  @Test
  void figuresComeFirst() {
    assertThat(write().lines().filter(line -> !line.isBlank()).skip(2))
        .startsWith("Ratio to limit                0.935", "Records per second            299");
  }

  @Test
  void numbersAreSetToTheRight() {
    Table table =
        new Table(
            List.of("step", "records/s"), List.of(List.of("a", 1_298.7), List.of("bb", 55.1)));
    assertThat(TextTable.lines(table, 100))
        .containsExactly(
            "step  records/s", //
            "----  ---------",
            "a       1,298.7",
            "bb         55.1");
  }

  @Test
  void whatIsTooWideIsWrappedAtSpaces() {
    Table table =
        new Table(List.of("step"), List.of(List.of("FIFO batches padded to the longest")));
    assertThat(TextTable.lines(table, 20))
        .containsExactly(
            "step", //
            "--------------------",
            "FIFO batches padded",
            "to the longest");
  }

  @Test
  void wordsAreBrokenOnlyWhereThereIsNoOtherWay() {
    assertThat(TextTable.wrap("abcdefghij kl", 6)).containsExactly("abcdef", "ghij", "kl");
  }

  private static String write() {
    StringWriter text = new StringWriter();
    TextReport.write(Samples.report(), Samples.MACHINE, new PrintWriter(text));
    return text.toString();
  }
}
