package io.flinkinference.tools.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.InferenceOptions;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.model.ProblemType;
import io.flinkinference.result.Classification;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tools.data.LabeledData;
import io.flinkinference.tools.data.LabeledText;
import io.flinkinference.tools.directory.DirectoryException;
import io.flinkinference.tools.evaluate.ModelEvaluation;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.OnnxWriter;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.graph.ValueInfos;
import io.flinkinference.tools.session.GraphSession;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a handful of texts; with a real encoder where the answers have to be right. */
final class FinetuneTest {

  private static final List<String> CARD = List.of("card", "plastic", "chip", "pin");
  private static final List<String> WEATHER = List.of("rain", "snow", "wind", "sunshine");

  @TempDir private Path directory;

  static LabeledData data(boolean several) {
    List<LabeledText> rows = new ArrayList<>();
    long line = 1;
    for (String place : List.of("today", "again", "in the north", "as I was told", "at last")) {
      for (int i = 0; i < CARD.size(); i++) {
        String card = "My bank sent me the " + CARD.get(i) + " " + place;
        String weather = "There will be " + WEATHER.get(i) + " " + place;
        rows.add(new LabeledText(line++, card, List.of("bank")));
        rows.add(new LabeledText(line++, weather, List.of("weather")));
        if (several) {
          rows.add(new LabeledText(line++, card + ". " + weather, List.of("bank", "weather")));
        }
      }
    }
    return new LabeledData(rows, List.of());
  }

  /** The label is which of two words comes first. */
  static LabeledData orders() {
    List<LabeledText> rows = new ArrayList<>();
    long line = 1;
    for (String card : CARD) {
      for (String weather : WEATHER) {
        for (String first : List.of("so ", "then ", "")) {
          String text = first + card + " before " + weather;
          String turned = first + weather + " before " + card;
          rows.add(new LabeledText(line++, text, List.of("card")));
          rows.add(new LabeledText(line++, turned, List.of("weather")));
        }
      }
    }
    return new LabeledData(rows, List.of());
  }

  static FinetuneOptions options(boolean several) {
    return new FinetuneOptions(0.2, 0.2, 0, false, several, 1, EncoderOptions.FROZEN);
  }

  @Test
  void realEncoderTellsTextsApart() throws IOException {
    Path out = directory.resolve("model");
    FinetuneResult result = Finetune.run("all-minilm-l6-v2", data(false), options(false), out);
    assertThat(result.test().accuracy()).isEqualTo(1);
    assertThat(result.test().rows()).isEqualTo(8);
    assertThat(ModelRepositories.standard().resolve(out.toString()).config().labels())
        .containsExactly("bank", "weather");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(out);
    }
  }

  /** The first pools by the CLS token, the other by the mean. */
  @ParameterizedTest
  @ValueSource(strings = {"bert", "distilbert"})
  void writtenModelAnswersTheSameBitsInEveryBatch(String family) throws IOException {
    Path out = directory.resolve("model");
    String encoder = Families.of(family, "embedding").toString();
    Finetune.run(encoder, data(false), options(false), out);
    Model model = ModelRepositories.standard().resolve(out.toString());
    List<Encoding> others = new ArrayList<>();
    try (DjlTokenizer tokenizer = DjlTokenizer.open(model.tokenizerFile(), 48, 10_000)) {
      for (int words = 1; words <= 8; words++) {
        others.add(tokenizer.encode(TextInput.of("rain and snow ".repeat(words))));
      }
      Encoding text = tokenizer.encode(TextInput.of("My card has come"));
      try (GraphSession session = GraphSession.open(model.onnxFile(), 0)) {
        float[] alone = logits(session, List.of(text), 0);
        for (int place = 0; place <= others.size(); place++) {
          List<Encoding> batch = new ArrayList<>(others);
          batch.add(place, text);
          assertThat(logits(session, batch, place)).isEqualTo(alone);
        }
      }
    }
    Configuration cold = new Configuration();
    cold.set(InferenceOptions.WARM_UP, false);
    try (TextScorer<Classification> scorer =
        TextScorer.open(out.toString(), Tasks.textClassification(), cold)) {
      assertThat(scorer.stamp().batchInvariant()).isTrue();
    }
  }

  private static float[] logits(GraphSession session, List<Encoding> batch, int row) {
    Tensor all = session.run(TokenBatch.of(batch)).get("logits");
    int labels = all.size(1);
    return Arrays.copyOfRange(all.toFloats(), row * labels, (row + 1) * labels);
  }

  @Test
  void severalLabelsAreWrittenAsSuch() throws IOException {
    Path out = directory.resolve("model");
    String encoder = Families.of("bert", "embedding").toString();
    FinetuneResult result = Finetune.run(encoder, data(true), options(true), out);
    assertThat(result.test().microF1()).isGreaterThan(0.9);
    assertThat(ModelRepositories.standard().resolve(out.toString()).config().problemType())
        .isEqualTo(ProblemType.MULTI_LABEL);
  }

  @Test
  void sameSeedGivesTheSameFile() throws IOException {
    Path one = directory.resolve("one");
    Path other = directory.resolve("other");
    String encoder = Families.of("bert", "embedding").toString();
    FinetuneOptions few = new FinetuneOptions(0.1, 0.1, 4, true, false, 3, EncoderOptions.FROZEN);
    FinetuneResult result = Finetune.run(encoder, data(false), few, one);
    Finetune.run(encoder, data(false), few, other);
    assertThat(one.resolve("model.onnx")).hasSameBinaryContentAs(other.resolve("model.onnx"));
    assertThat(result.trainRows()).isEqualTo(8);
    assertThat(result.test().rows()).isEqualTo(32);
  }

  @Test
  void rowsThatRepeatATextAreCounted() throws IOException {
    List<LabeledText> rows = new ArrayList<>(data(false).rows());
    rows.add(new LabeledText(100, rows.get(0).text(), rows.get(0).labels()));
    FinetuneResult result =
        Finetune.run(
            Families.of("bert", "embedding").toString(),
            new LabeledData(rows, List.of()),
            options(false),
            directory.resolve("model"));
    assertThat(result.repeatedRows()).isEqualTo(1);
    assertThat(result.trainRows() + result.validationRows() + result.test().rows()).isEqualTo(41);
  }

  @Test
  void encoderLearnsWhatAHeadAloneDoesNot() throws IOException {
    String encoder = Families.of("bert", "embedding").toString();
    FinetuneOptions options =
        new FinetuneOptions(
            0.2, 0.2, 0, true, false, 2, new EncoderOptions(EncoderOptions.ALL, 10, 8, 1e-3));
    Path one = directory.resolve("one");
    Path other = directory.resolve("other");
    FinetuneResult result = Finetune.run(encoder, orders(), options, one);
    assertThat(result.encoder().layers()).isEqualTo(2);
    assertThat(result.encoder().epochs()).isPositive();
    assertThat(result.encoder().validationLoss())
        .isLessThan(result.encoder().validationLossBefore());
    Finetune.run(encoder, orders(), options, other);
    assertThat(one.resolve("model.onnx")).hasSameBinaryContentAs(other.resolve("model.onnx"));
    try (TextScorer<Classification> scorer =
        TextScorer.open(one.toString(), Tasks.textClassification(), new Configuration())) {
      assertThat(scorer.stamp().batchInvariant()).isTrue();
    }
  }

  /** Not even the encoder that it was made of, whose weights lie in a file of any name. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void writtenModelNeedsNoWeightsBesideIt(int layers) throws IOException {
    Path encoder =
        Families.copyWithWeights(
            "weights.bin", Families.of("bert", "embedding"), directory.resolve("encoder"));
    assertThat(OnnxReader.externalFiles(encoder.resolve("model.onnx")))
        .containsExactly("weights.bin");
    FinetuneOptions options =
        new FinetuneOptions(0.2, 0.2, 0, false, false, 1, new EncoderOptions(layers, 1, 8, 1e-3));
    Path out = directory.resolve("model");
    Finetune.run(encoder.toString(), data(false), options, out);
    FileUtils.deleteDirectory(encoder.toFile());
    Path moved = Files.move(out, directory.resolve("moved"));
    assertThat(moved.resolve("weights.bin")).doesNotExist();
    List<LabeledText> rows = data(false).rows();
    assertThat(ModelEvaluation.score(moved.toString(), rows).predictions()).hasSameSizeAs(rows);

    Path other = directory.resolve("other");
    Finetune.run(Families.of("bert", "embedding").toString(), data(false), options, other);
    assertThat(moved.resolve("model.onnx")).hasSameBinaryContentAs(other.resolve("model.onnx"));
  }

  @Test
  void lastLayerLearnsSeveralLabels() throws IOException {
    Path out = directory.resolve("model");
    FinetuneOptions options =
        new FinetuneOptions(0.2, 0.2, 0, false, true, 1, new EncoderOptions(1, 2, 8, 1e-3));
    FinetuneResult result =
        Finetune.run(Families.of("bert", "embedding").toString(), data(true), options, out);
    assertThat(result.encoder().layers()).isEqualTo(1);
    assertThat(result.encoder().steps()).isPositive();
  }

  @Test
  void encoderLearnsFromFewWithoutValidation() throws IOException {
    Path out = directory.resolve("model");
    FinetuneOptions options =
        new FinetuneOptions(0.1, 0.1, 4, false, false, 1, new EncoderOptions(2, 3, 8, 1e-3));
    FinetuneResult result =
        Finetune.run(Families.of("distilbert", "embedding").toString(), data(false), options, out);
    assertThat(result.encoder().epochs()).isEqualTo(3);
    assertThat(result.temperature()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2})
  void encoderOfHalfPrecisionTakesAHead(double test) throws IOException {
    Path out = directory.resolve("model");
    FinetuneResult result =
        Finetune.run(
            Families.of("distilbert", "fp16-embedding").toString(),
            data(false),
            new FinetuneOptions(0.2, test, 0, false, false, 1, EncoderOptions.FROZEN),
            out);
    assertThat(result.trainRows()).isPositive();
    try (TextScorer<Classification> scorer =
        TextScorer.open(out.toString(), Tasks.textClassification(), new Configuration())) {
      assertThat(scorer.stamp().precision()).isEqualTo("fp16");
    }
  }

  @Test
  void layersOfHalfPrecisionAreNotTaught() {
    String encoder = Families.of("distilbert", "fp16-embedding").toString();
    FinetuneOptions options =
        new FinetuneOptions(0.2, 0.2, 0, false, false, 1, new EncoderOptions(1, 2, 8, 1e-3));
    assertThatThrownBy(
            () -> Finetune.run(encoder, data(false), options, directory.resolve("model")))
        .isInstanceOf(FinetuneException.class)
        .hasMessageContaining("The encoder is of fp16");
  }

  @Test
  void modelThatDoesNotOpenIsNotKeptWithoutTestRowsEither() throws IOException {
    Path encoder = withVectorsOfAnotherName(Families.of("bert", "embedding"), false);
    FinetuneOptions options =
        new FinetuneOptions(0.2, 0, 0, false, false, 1, EncoderOptions.FROZEN);
    Path out = directory.resolve("model");
    assertThatThrownBy(() -> Finetune.run(encoder.toString(), data(false), options, out))
        .isInstanceOf(EngineException.class);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(encoder);
    }
  }

  @Test
  void vectorsOfTextsTakeAHeadWhateverTheirName() throws IOException {
    Path encoder = withVectorsOfAnotherName(Families.of("bert", "embedding"), true);
    Path out = directory.resolve("model");
    Finetune.run(encoder.toString(), data(false), options(false), out);
    Configuration cold = new Configuration();
    cold.set(InferenceOptions.WARM_UP, false);
    try (TextScorer<Classification> scorer =
        TextScorer.open(out.toString(), Tasks.textClassification(), cold)) {
      assertThat(scorer.stamp().batchInvariant()).isTrue();
    }
  }

  @Test
  void classifierIsNoEncoder() {
    String model = Families.of("bert", "single-label").toString();
    assertThatThrownBy(
            () -> Finetune.run(model, data(false), options(false), directory.resolve("model")))
        .isInstanceOf(FinetuneException.class)
        .hasMessageContaining("is a classifier already");
  }

  @Test
  void classifierIsNoEncoderWhateverTheNameOfItsOutput() throws IOException {
    Path model =
        Families.copyWithOutput(
            "output", Families.of("bert", "single-label"), directory.resolve("classifier"));
    assertRefused(model, "is a classifier already");
  }

  @Test
  void firstTokenIsNotTakenBehindPadding() throws IOException {
    Path model = Families.copy(Families.of("bert", "embedding"), directory.resolve("encoder"));
    Files.writeString(model.resolve("tokenizer_config.json"), "{\"padding_side\": \"left\"}");
    assertRefused(model, "its padding comes before a text");
  }

  @Test
  void encoderHasToSayHowItPools() throws IOException {
    Path model = Families.copy(Families.of("bert", "embedding"), directory.resolve("encoder"));
    Files.delete(model.resolve("1_Pooling/config.json"));
    Files.delete(model.resolve("modules.json"));
    assertRefused(model, "has no 1_Pooling/config.json");
  }

  private void assertRefused(Path model, String message) {
    Path out = directory.resolve("model");
    assertThatThrownBy(() -> Finetune.run(model.toString(), data(false), options(false), out))
        .isInstanceOf(FinetuneException.class)
        .hasMessageContaining(message);
  }

  /**
   * An encoder that gives vectors of texts, which a head takes for those of tokens where their
   * dimensions are not said.
   */
  private Path withVectorsOfAnotherName(Path model, boolean declared) throws IOException {
    Path copy = Families.copy(model, directory.resolve("encoder"));
    Graph graph = OnnxReader.read(model.resolve("model.onnx"));
    String zero = graph.addConstant("zero", Tensor.longs(new long[1]));
    Node first = Node.of("Gather", List.of("last_hidden_state", zero), "vectors").with("axis", 1);
    graph.add(first);
    graph.setOutputs(List.of());
    graph.addOutput("vectors");
    if (declared) {
      graph.setOutputs(List.of(ValueInfos.of("vectors", ElementType.FLOAT, -1, -1)));
    }
    OnnxWriter.write(graph, copy.resolve("model.onnx"));
    return copy;
  }

  @Test
  void whatIsThereIsNotOverwritten() throws IOException {
    Files.writeString(directory.resolve("file"), "precious");
    String encoder = Families.of("bert", "embedding").toString();
    assertThatThrownBy(() -> Finetune.run(encoder, data(false), options(false), directory))
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining("is there already");
    assertThat(directory.resolve("file")).hasContent("precious");
  }

  @Test
  void failureLeavesNothingBehind() throws IOException {
    // Half of a character cannot be written, which shows after the graph is.
    List<LabeledText> rows =
        data(false).rows().stream()
            .map(
                row ->
                    new LabeledText(
                        row.line(), row.text(), List.of(row.labels().get(0) + "\ud800")))
            .toList();
    assertThatThrownBy(
            () ->
                Finetune.run(
                    Families.of("bert", "embedding").toString(),
                    new LabeledData(rows, List.of()),
                    options(false),
                    directory.resolve("model")))
        .isInstanceOf(CharacterCodingException.class)
        .satisfies(
            failure ->
                assertThat(failure.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().endsWith("ClassifierFiles")));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void tooFewRowsForAPartAreTold() {
    LabeledData data = new LabeledData(data(false).rows().subList(0, 4), List.of());
    assertThatThrownBy(
            () ->
                Finetune.run(
                    Families.of("bert", "embedding").toString(),
                    data,
                    new FinetuneOptions(0.1, 0.2, 0, false, false, 1, EncoderOptions.FROZEN),
                    directory.resolve("model")))
        .isInstanceOf(FinetuneException.class)
        .hasMessageContaining("0.1 of 4 rows with 2 labels leaves none for the validation");
  }

  @Test
  void dataThatCannotBeDividedAreToldBeforeAnythingIsComputed() {
    List<LabeledText> rows = new ArrayList<>();
    for (long line = 1; line <= 20; line++) {
      rows.add(new LabeledText(line, "text " + line, List.of("label " + line)));
    }
    LabeledData data = new LabeledData(rows, List.of());
    assertThatThrownBy(
            () -> Finetune.run("no-such-model", data, options(false), directory.resolve("model")))
        .isInstanceOf(FinetuneException.class)
        .hasMessageContaining("leaves none for the validation");
  }

  @Test
  void oneLabelTeachesNothing() {
    LabeledData data = new LabeledData(List.of(new LabeledText(1, "a", List.of("x"))), List.of());
    String encoder = Families.of("bert", "embedding").toString();
    assertThatThrownBy(
            () -> Finetune.run(encoder, data, options(false), directory.resolve("model")))
        .hasMessageContaining("[x]");
  }
}
