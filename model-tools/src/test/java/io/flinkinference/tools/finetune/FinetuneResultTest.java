package io.flinkinference.tools.finetune;

import static io.flinkinference.tools.finetune.FinetuneTest.data;
import static io.flinkinference.tools.finetune.FinetuneTest.options;
import static io.flinkinference.tools.finetune.FinetuneTest.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkinference.tools.data.BadRow;
import io.flinkinference.tools.data.LabeledData;
import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.graph.Families;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the fine-tuning, and what is not. */
final class FinetuneResultTest {

  @TempDir private Path directory;

  /** The directory goes to other machines, and other people. */
  @Test
  void textsOfMistakesAreNotWrittenBesideTheModel() throws IOException {
    Path out = directory.resolve("model");
    String encoder = Families.of("bert", "embedding").toString();
    List<LabeledText> rows = new ArrayList<>();
    for (LabeledText row : data(false).rows()) {
      String label = row.line() % 3 == 0 ? "weather" : "bank"; // Nobody can learn these.
      rows.add(new LabeledText(row.line(), row.text(), List.of(label)));
    }
    FinetuneResult result =
        Finetune.run(encoder, new LabeledData(rows, List.of()), options(false), out);
    assertThat(result.test().worst()).isNotEmpty();
    assertThat(Files.readString(out.resolve("finetune.json")))
        .contains("accuracy")
        .doesNotContain(result.test().worst().get(0).text());
  }

  @Test
  void calibrationThatWasNotTestedIsNotTold() throws IOException {
    Path out = directory.resolve("model");
    FinetuneOptions options =
        new FinetuneOptions(0.2, 0, 0, false, false, 1, EncoderOptions.FROZEN);
    Finetune.run(Families.of("bert", "embedding").toString(), data(false), options, out);
    assertThat(Files.readString(out.resolve("finetune.json")))
        .contains("temperature")
        .doesNotContain("calibrationErrorBefore");
  }

  /** The head has its temperature in it when the encoder begins to learn. */
  @Test
  void temperatureOfAHeadIsThatOfTheHeadWhereNoPassWasBetter() throws IOException {
    String encoder = Families.of("bert", "embedding").toString();
    EncoderOptions ruinous = new EncoderOptions(EncoderOptions.ALL, 1, 8, 0.9);
    FinetuneResult head =
        Finetune.run(encoder, orders(), layers(EncoderOptions.FROZEN), directory.resolve("head"));
    FinetuneResult kept =
        Finetune.run(encoder, orders(), layers(ruinous), directory.resolve("kept"));
    assertThat(kept.encoder().epochs()).isZero();
    assertThat(head.temperature()).as("or nothing is shown").isNotCloseTo(1, within(0.05));
    assertThat(kept.temperature()).isCloseTo(head.temperature(), within(0.02));
    assertThat(kept.calibrationErrorBefore())
        .isCloseTo(head.calibrationErrorBefore(), within(0.01));
  }

  private static FinetuneOptions layers(EncoderOptions encoder) {
    return new FinetuneOptions(0.2, 0.2, 0, false, false, 1, encoder);
  }

  @Test
  void labelOfWhichTheEncoderTakesNoRowIsNotOfTheModel() throws IOException {
    Path encoder = Families.copy(Families.of("bert", "embedding"), directory.resolve("encoder"));
    ObjectMapper mapper = new ObjectMapper();
    File tokenizer = encoder.resolve("tokenizer.json").toFile();
    ObjectNode json = (ObjectNode) mapper.readTree(tokenizer);
    json.withArray("added_tokens")
        .addObject()
        .put("id", 400) // The table has no row for it.
        .put("content", "<x>")
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
    mapper.writeValue(tokenizer, json);
    List<LabeledText> rows = new ArrayList<>(data(false).rows());
    rows.add(new LabeledText(100, "<x>", List.of("other")));
    FinetuneResult result =
        Finetune.run(
            encoder.toString(),
            new LabeledData(rows, List.of()),
            options(false),
            directory.resolve("model"));
    assertThat(result.bad()).extracting(BadRow::line).containsExactly(100L);
    assertThat(result.labels()).containsExactly("bank", "weather");
  }
}
