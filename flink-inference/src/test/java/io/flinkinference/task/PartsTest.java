package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.Failure;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.testing.TestingPartDecoder;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {

  private static final int COUNT = 5;

  @Test
  void resultsAreMergedInTheOrderOfTheEncodingsWhateverTheOrderOfTheirReturn() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      Text text = new Text();
      List<RecordEntry<Text, String>> entries = entries(text);
      Collections.shuffle(entries, random);
      int firstFailed = -1;
      for (int i = 0; i < COUNT; i++) {
        RecordEntry<Text, String> entry = entries.get(i);
        entry.startAttempt();
        assertThat(entry.isObsolete()).isEqualTo(firstFailed >= 0);
        if (random.nextInt(8) == 0) {
          entry.fail(new Failure(DeadLetterReason.ENGINE_FAILURE, "part " + id(entry), 1));
          firstFailed = firstFailed < 0 ? id(entry) : firstFailed;
        } else {
          entry.completePart("r" + id(entry));
        }
        Text back = entry.back(new Joining());
        assertThat(back).isSameAs(i < COUNT - 1 ? null : text);
      }
      if (firstFailed < 0) {
        assertThat(text.result()).isEqualTo("r0+r1+r2+r3+r4");
        assertThat(text.failure()).isNull();
      } else {
        assertThat(text.failure().message()).isEqualTo("part " + firstFailed);
      }
    }
  }

  @Test
  void whatCannotBeMergedFailsTheRecord() {
    Text text = new Text();
    for (RecordEntry<Text, String> entry : entries(text)) {
      entry.startAttempt();
      entry.completePart("no");
      entry.back(new Joining());
    }
    assertThat(text.failure().reason()).isEqualTo(DeadLetterReason.INVALID_OUTPUT);
    assertThat(text.failure().attempts()).isEqualTo(COUNT);
  }

  @Test
  void aFaultOfTheDecoderFailsTheRecordAndNobodyElse() {
    Text text = new Text();
    for (RecordEntry<Text, String> entry : entries(text)) {
      entry.startAttempt();
      entry.completePart("broken");
      entry.back(new Joining());
    }
    assertThat(text.failure().reason()).isEqualTo(DeadLetterReason.INVALID_OUTPUT);
    assertThat(text.failure().message()).contains("5 encodings", "start 3, end 2");
    assertThat(text.failure().attempts()).isEqualTo(COUNT);
    assertThat(text.failure().stackDigest())
        .contains("IndexOutOfBoundsException", "PartsTest$Joining.finish");
  }

  private static int id(RecordEntry<Text, String> entry) {
    return entry.encoding().id(0);
  }

  private static List<RecordEntry<Text, String>> entries(Text text) {
    TextReader<String> reader =
        new TextReader<>(
            t -> t,
            null,
            new Counted(),
            new InputEncoder(new LengthReader(), TextPolicy.DEFAULT, false, false, 100));
    text.read("text", reader, new Joining());
    assertThat(text.isForTheEngine()).isTrue();
    assertThat(text.tokens()).isEqualTo(COUNT);
    return new ArrayList<>(text.parts().entries());
  }

  private static final class Text extends Submission<Text, String> {
    @Override
    protected Text self() {
      return this;
    }
  }

  private static final class Joining extends TestingPartDecoder {
    @Override
    public String finish(List<String> parts) {
      if (parts.contains("no")) {
        throw new UnscorableException(DeadLetterReason.INVALID_OUTPUT, "They do not fit.");
      }
      if (parts.contains("broken")) {
        throw new IndexOutOfBoundsException("start 3, end 2");
      }
      return super.finish(parts);
    }
  }

  /** Input i of a text is as many characters long. */
  private record Counted() implements InputForm {

    private static final long serialVersionUID = 1L;

    @Override
    public int count() {
      return COUNT;
    }

    @Override
    public TextInput input(TextInput record, int index) {
      return TextInput.of("x".repeat(index));
    }

    @Override
    public boolean textStandsSecond() {
      return false;
    }

    @Override
    public boolean needsPair() {
      return false;
    }

    @Override
    public void check(boolean hasPair) {}
  }

  private static final class LengthReader implements Tokenizer {
    @Override
    public Encoding encode(TextInput input) {
      return Encoding.of(input.text().length());
    }

    @Override
    public void close() {}
  }
}
