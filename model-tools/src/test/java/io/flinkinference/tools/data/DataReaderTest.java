package io.flinkinference.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataReaderTest {

  private static final Columns NAMED = new Columns("text", "label", null);
  private static final Columns NUMBERED = new Columns("1", "2", null);

  @TempDir private Path directory;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  @Test
  void quotesOfCsvHoldCommasQuotesAndLines() throws IOException {
    Path file = file("a.csv", "id,text,label\n1,\"a, \"\"b\"\"\nc\",x\n2,d,y\n");
    assertThat(DataReader.read(file, null, NAMED).rows())
        .containsExactly(
            new LabeledText(2, "a, \"b\"\nc", List.of("x")), new LabeledText(4, "d", List.of("y")));
  }

  @Test
  void badRowsAreToldWithTheirLines() throws IOException {
    Path file = file("a.csv", "text,label\na,x\nonly text\n ,x\nb,\nc,y\n");
    LabeledData data = DataReader.read(file, null, NAMED);
    assertThat(data.rows()).extracting(LabeledText::line).containsExactly(2L, 6L);
    assertThat(data.bad()).extracting(BadRow::line).containsExactly(3L, 4L, 5L);
    assertThat(data.bad().get(0).why()).isEqualTo("It has 1 cells, too few for text and label.");
  }

  /** Else text and label would be of other cells, without a word. */
  @Test
  void rowsWithCellsTooManyAreTold() throws IOException {
    Path file = file("a.csv", "text,label\nHello, world,spam\na,x,, \n\"b, c\",y\n");
    LabeledData data = DataReader.read(file, null, NAMED);
    assertThat(data.rows()).extracting(LabeledText::text).containsExactly("a", "b, c");
    assertThat(data.bad()).extracting(BadRow::line).containsExactly(2L);
    assertThat(data.bad().get(0).why())
        .startsWith("It has 3 cells, more than the 2 of the first row.");

    Path tabs = file("a.tsv", "a\tx\nsplit\there\ty\n");
    assertThat(DataReader.read(tabs, null, NUMBERED).bad())
        .extracting(BadRow::line)
        .containsExactly(2L);
  }

  @Test
  void firstLineThatIsNoRowSaysNothingOfTheOthers() throws IOException {
    LabeledData data = DataReader.read(file("a.tsv", "title\na\tx\nb\ty\n"), null, NUMBERED);
    assertThat(data.rows()).extracting(LabeledText::line).containsExactly(2L, 3L);
    assertThat(data.bad()).extracting(BadRow::line).containsExactly(1L);
  }

  @Test
  void twoColumnsOfANameAreTold() throws IOException {
    Path file = file("a.csv", "label,text,label\nx,a,y\n");
    assertThatThrownBy(() -> DataReader.read(file, null, NAMED))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("several columns 'label'");
  }

  @Test
  void quoteThatIsNotClosedIsToldWithItsLine() throws IOException {
    Path file = file("a.csv", "text,label\na,x\n\"b,y\n");
    assertThatThrownBy(() -> DataReader.read(file, null, NAMED))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Line 3");
  }

  @Test
  void tabsHaveNoQuotesAndNumbersMeanNoLineOfNames() throws IOException {
    Path file = file("a.tsv", "say \"hi\t1\nno label\nbye\t0\n");
    LabeledData data = DataReader.read(file, null, NUMBERED);
    assertThat(data.rows())
        .containsExactly(
            new LabeledText(1, "say \"hi", List.of("1")), new LabeledText(3, "bye", List.of("0")));
    assertThat(data.bad()).extracting(BadRow::line).containsExactly(2L);
  }

  @Test
  void jsonLinesHaveLabelsAsTextNumberOrArray() throws IOException {
    Path file =
        file(
            "a.jsonl",
            """
            {"text": "a", "label": "x"}
            {"text": "b", "label": 3}
            {"text": "c", "label": ["x", "y"]}
            {"text": "d", "label": []}
            {"text": 5, "label": "x"}
            no json
            """);
    LabeledData data = DataReader.read(file, null, new Columns("text", "label", ","));
    assertThat(data.rows())
        .extracting(LabeledText::labels)
        .containsExactly(List.of("x"), List.of("3"), List.of("x", "y"), List.of());
    assertThat(data.bad()).extracting(BadRow::line).containsExactly(5L, 6L);
  }

  @Test
  void labelsOfAnArrayAreStrippedAsCellsAre() throws IOException {
    Path file = file("a.jsonl", "{\"text\": \"a\", \"label\": [\" x\", \"x \", 3, \"y\\n\"]}\n");
    assertThat(DataReader.read(file, null, new Columns("text", "label", ",")).rows())
        .containsExactly(new LabeledText(1, "a", List.of("x", "3", "y")));
  }

  @Test
  void whatFollowsAnObjectOnItsLineMakesABadRow() throws IOException {
    Path file =
        file(
            "a.jsonl",
            """
            {"text": "a", "label": "x"}
            {"text": "b", "label": "x"} {"text": "c", "label": "y"}
            {"text": "d", "label": "x"} and more
            """);
    LabeledData data = DataReader.read(file, null, NAMED);
    assertThat(data.rows()).extracting(LabeledText::line).containsExactly(1L);
    assertThat(data.bad()).extracting(BadRow::line).containsExactly(2L, 3L);
    assertThat(data.bad().get(0).why())
        .isEqualTo("Something follows its first JSON value. Give each a line of its own.");
  }

  @Test
  void gzipAndByteOrderMarkAreNoMatter() throws IOException {
    Path file = directory.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("\uFEFFtext,label\na,x;y\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(DataReader.read(file, null, new Columns("text", "label", ";")).rows())
        .containsExactly(new LabeledText(2, "a", List.of("x", "y")));
  }

  @Test
  void bytesThatAreNoUtf8AndTheirMarkMakeABadRow() throws IOException {
    Path file = directory.resolve("a.tsv");
    Files.write(file, "caf\u00e9\tx\ntea\tx\n".getBytes(StandardCharsets.ISO_8859_1));
    BadRow bad =
        new BadRow(
            1,
            "It has bytes that are no UTF-8, U+FFFD in their place, or half a pair of surrogates."
                + " Write the text again in UTF-8.");
    assertThat(DataReader.read(file, null, NUMBERED).bad()).containsExactly(bad);
    Path decoded = file("b.tsv", "caf\uFFFD\tx\ntea\tx\n");
    assertThat(DataReader.read(decoded, null, NUMBERED).bad()).containsExactly(bad);
  }

  @Test
  void halfAPairOfSurrogatesMakesABadRow() throws IOException {
    Path file =
        file(
            "a.jsonl",
            """
            {"text": "great \\ud83d", "label": "x"}
            {"text": "great", "label": "\\ude00"}
            {"text": "great \\ud83d\\ude00", "label": "x"}
            """);
    LabeledData data = DataReader.read(file, null, NAMED);
    assertThat(data.bad()).extracting(BadRow::line).containsExactly(1L, 2L);
    assertThat(data.rows()).extracting(LabeledText::text).containsExactly("great \uD83D\uDE00");
  }

  @Test
  void arrayWithWhatIsNoLabelMakesABadRow() throws IOException {
    Path file =
        file(
            "a.jsonl",
            """
            {"text": "a", "label": ["x", null]}
            {"text": "b", "label": ["x", ["y"]]}
            {"text": "c", "label": ["x"]}
            """);
    LabeledData data = DataReader.read(file, null, new Columns("text", "label", ","));
    assertThat(data.bad())
        .containsExactly(
            new BadRow(1, "One of its labels is no plain value, but null."),
            new BadRow(2, "One of its labels is no plain value, but [\"y\"]."));
    assertThat(data.labels()).containsExactly("x");
  }

  @Test
  void fileThatIsCutOffIsNotBlamedOnItsQuotes() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(whole)) {
      Random random = new Random(1);
      out.write("text,label\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 5_000; i++) {
        out.write(("a " + random.nextLong() + ",x\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    Path file = directory.resolve("a.csv.gz");
    Files.write(file, Arrays.copyOf(whole.toByteArray(), whole.size() - 20_000));
    assertThatThrownBy(() -> DataReader.read(file, null, NAMED))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " cannot be read: Unexpected end of ZLIB input stream");
  }

  @Test
  void firstLineOfAnotherFormatIsNotToldWhole() throws IOException {
    Path file = file("a.csv", "x".repeat(100_000) + "\n");
    assertThatThrownBy(() -> DataReader.read(file, null, NAMED))
        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(1_000));
  }

  @Test
  void columnThatIsNotThereIsToldWithThoseThatAre() throws IOException {
    Path file = file("a.csv", "sentence,label\na,x\n");
    assertThatThrownBy(() -> DataReader.read(file, null, NAMED))
        .hasMessageContaining("There is no column 'text'; the first line names [sentence, label]");
  }
}
