package io.flinkinference.tools.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.InferenceOptions;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.model.GraphChoice;
import io.flinkinference.model.InferenceFile;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.model.Pooling;
import io.flinkinference.result.Embedding;
import io.flinkinference.task.EmbeddingTask;
import io.flinkinference.tools.directory.DirectoryException;
import io.flinkinference.tools.directory.NewDirectory;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.OnnxWriter;
import io.flinkinference.tools.parity.ParityException;
import io.flinkinference.tools.parity.ParityLimits;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.prune.PruneOptions;
import io.flinkinference.tools.quantize.Halves;
import io.flinkinference.tools.quantize.Precision;
import io.flinkinference.tools.quantize.QuantizeOptions;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.SampleTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {

  private static final List<SampleText> TEXTS = SampleTexts.builtIn().subList(0, 24);

  @TempDir private Path directory;

  static List<Path> models() throws IOException {
    return Families.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachFamilyGivesTheSameAnswersAndLoads(Path model) throws Exception {
    Path out = directory.resolve("out");
    OptimizeReport report = optimize(model.toString(), out, ParityLimits.SAME);

    assertThat(report.parity().texts()).isEqualTo(TEXTS.size());
    Model made = ModelRepositories.standard().resolve(out.toString());
    assertThat(made.sha256()).isEqualTo(report.sha256());
    InferenceFile file = InferenceFile.of(made);
    file.requireParity(made, 0.9999);
    assertThat(file.tokenBudget("cpu")).isPresent();
    assertThat(out.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(model.resolve("tokenizer.json"));
    assertThat(out.resolve("config.json")).hasSameBinaryContentAs(model.resolve("config.json"));
  }

  /** It pools by the first token, so the last layer is asked for no other. */
  @ParameterizedTest
  @ValueSource(strings = {"fp32", "int8"})
  void encoderOfFirstTokensGivesNoOthers(String precision) throws Exception {
    Path out = directory.resolve("out");
    Form form =
        precision.equals("fp32")
            ? new FusedForm()
            : new QuantizedForms(Precision.INT8, TEXTS, QuantizeOptions.USUAL);
    String model = Families.of("bert", "embedding").toString();
    OptimizeReport report = optimize(model, out, form, form.limits());
    assertThat(report.passes())
        .filteredOn(pass -> pass.pass().equals("First token alone"))
        .singleElement()
        .satisfies(pass -> assertThat(pass.made()).isPositive());
    assertThat(report.batchInvariant()).isTrue();
    EmbeddingTask mean = new EmbeddingTask().withPooling(Pooling.MEAN);
    assertThatThrownBy(
            () -> TextScorer.open(out.toString(), Tasks.embedding(mean), new Configuration()))
        .hasMessageContaining(
            "gives no vectors of tokens: its outputs are [sentence_embedding [-1, 32]]");
  }

  @Test
  void halvesThatAreReadAsFloatsAreCheckedInside() throws Exception {
    OptimizeReport report = optimize(halves(), directory.resolve("out"), ParityLimits.SAME);
    assertThat(report.source().precision()).isEqualTo("fp16");
    assertThat(report.checkedValues()).isPositive();
  }

  @Test
  void halvesThatAreReadAsFloatsAreNotQuantised() throws Exception {
    String model = halves();
    Form form = new QuantizedForms(Precision.INT8, TEXTS, QuantizeOptions.USUAL);
    assertThatThrownBy(() -> optimize(model, directory.resolve("out"), form, form.limits()))
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith("The model is of fp16");
  }

  private String halves() throws IOException {
    Path model = Families.copy(Families.of("bert", "embedding"), directory.resolve("halves"));
    Graph graph = OnnxReader.read(model.resolve("model.onnx"));
    Halves.putBehindCasts(graph);
    OnnxWriter.write(graph, model.resolve("model.onnx"));
    return model.toString();
  }

  @Test
  void tokensThatTextsDoNotUseAreTakenOut() throws Exception {
    Path out = directory.resolve("out");
    OptimizeSettings settings =
        new OptimizeSettings(
            Families.of("bert", "embedding").toString(),
            GraphChoice.AUTO,
            new FusedForm(),
            out,
            TEXTS.subList(0, 3),
            TEXTS.subList(0, 3),
            PruneOptions.NONE,
            ParityLimits.SAME,
            1);
    OptimizeReport report = new Optimizer(settings, Progress.NONE).run();
    assertThat(report.passes())
        .filteredOn(pass -> pass.pass().equals("Tokens removed"))
        .singleElement()
        .satisfies(pass -> assertThat(pass.made()).isPositive());
    assertThat(report.parity().minCosine()).isGreaterThan(0.9999);
  }

  @Test
  void prunedModelIsQuantisedAndSaysWhatWent() throws Exception {
    Path out = directory.resolve("out");
    OptimizeReport report =
        prune(
            Families.of("bert", "single-label").toString(),
            out,
            new QuantizedForms(Precision.INT8, TEXTS, QuantizeOptions.USUAL.withLeastCosine(-1)));
    assertThat(report.pruning().layers()).hasSize(1);
    assertThat(report.pruning().neurons().after()).isEqualTo(16);
    assertThat(report.precision()).isEqualTo("int8");
    assertThat(report.batchInvariant()).isTrue();
    assertThat(report.bytes().optimized()).isLessThan(report.bytes().original());
    JsonNode json = new ObjectMapper().readTree(out.resolve("inference.json").toFile());
    assertThat(json.path("pruning").path("heads").path("after").intValue()).isEqualTo(1);
    assertThat(json.path("pruning").has("recovered")).isFalse();
  }

  @Test
  void quantisedModelIsNotPruned() {
    assertThatThrownBy(() -> prune("all-minilm-l6-v2-q", directory.resolve("out"), new FusedForm()))
        .hasMessageContaining("only fp32 can be pruned");
  }

  private static OptimizeReport prune(String model, Path out, Form form)
      throws IOException, InterruptedException {
    PruneOptions options = new PruneOptions(0.5, 0.5, 1, List.of(), 1, 1e-3);
    ParityLimits any = new ParityLimits(-1, -1, 0);
    OptimizeSettings settings =
        new OptimizeSettings(model, GraphChoice.AUTO, form, out, TEXTS, List.of(), options, any, 1);
    return new Optimizer(settings, Progress.NONE).run();
  }

  @Test
  void realEncoderKeepsItsAnswersInAnyBatch() throws Exception {
    OptimizeReport report =
        optimize("all-minilm-l6-v2", directory.resolve("out"), ParityLimits.SAME);
    assertThat(report.parity().minCosine()).isGreaterThan(0.99999);
    assertThat(report.precision()).isEqualTo("fp32");
    assertThat(report.batchInvariant()).isTrue();
    assertThat(report.checkedValues()).isGreaterThan(30);
  }

  @Test
  void modelThatIsQuantisedAlreadyKeepsItsAnswers() throws Exception {
    ParityLimits limits = new ParityLimits(0.99, 0.995, 0.9);
    OptimizeReport report = optimize("all-minilm-l6-v2-q", directory.resolve("out"), limits);
    assertThat(report.precision()).isEqualTo("int8");
    assertThat(report.batchInvariant()).isFalse();
  }

  @Test
  void optimizedModelCanBeOptimizedAgain() throws Exception {
    Path once = directory.resolve("once");
    Path twice = directory.resolve("twice");
    optimize(Families.of("bert", "embedding").toString(), once, ParityLimits.SAME);
    OptimizeReport report = optimize(once.toString(), twice, ParityLimits.SAME);
    assertThat(report.passes()).allSatisfy(pass -> assertThat(pass.made()).isZero());
    assertThat(report.parity().minCosine()).isGreaterThan(0.999999);
  }

  @Test
  void fileSaysWhatWasMeasured() throws Exception {
    Path out = directory.resolve("out");
    OptimizeReport report =
        optimize(Families.of("bert", "single-label").toString(), out, ParityLimits.SAME);
    JsonNode json = new ObjectMapper().readTree(out.resolve("inference.json").toFile());
    assertThat(json.path("parity").path("minCosine").doubleValue())
        .isEqualTo(report.parity().minCosine());
    assertThat(json.path("speedup").doubleValue()).isPositive();
    assertThat(json.path("passes").get(2).path("pass").textValue()).isEqualTo("Attention");
    assertThat(json.path("passes").get(2).path("made").intValue()).isEqualTo(2);
    assertThat(json.has("accuracy")).isFalse();
  }

  @Test
  void operatorDemandsWhatTheFileSays() throws Exception {
    String original = Families.of("bert", "embedding").toString();
    Path out = directory.resolve("out");
    optimize(original, out, ParityLimits.SAME);
    Configuration options = new Configuration();
    options.set(InferenceOptions.MODEL_MIN_PARITY, 0.999);
    try (TextScorer<Embedding> scorer =
        TextScorer.open(out.toString(), Tasks.embedding(), options)) {
      assertThat(scorer.stamp().precision()).isEqualTo("fp32");
    }
    assertThatThrownBy(() -> TextScorer.open(original, Tasks.embedding(), options))
        .hasMessageContaining("does not say parity.minCosine");
  }

  @Test
  void accuracyIsToldWhereTextsHaveLabels() throws Exception {
    List<SampleText> texts =
        TEXTS.stream().map(text -> new SampleText(text.text(), "label 1", text.line())).toList();
    OptimizeReport report =
        new Optimizer(
                new OptimizeSettings(
                    Families.of("bert", "single-label").toString(),
                    GraphChoice.AUTO,
                    new FusedForm(),
                    directory.resolve("out"),
                    texts,
                    List.of(),
                    PruneOptions.NONE,
                    ParityLimits.SAME,
                    1),
                Progress.NONE)
            .run();
    assertThat(report.accuracy().original()).isEqualTo(report.accuracy().optimized());
  }

  @Test
  void nothingIsKeptBelowTheLimit() throws IOException {
    Path out = directory.resolve("out");
    // No two sums in another order are so near.
    ParityLimits limits = new ParityLimits(1, 1, 1);
    assertThatThrownBy(() -> optimize(Families.of("bert", "embedding").toString(), out, limits))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("the lowest cosine is ");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void directoryThatIsThereIsKept() throws IOException {
    Path file = Files.writeString(directory.resolve("precious"), "x");
    assertThatThrownBy(
            () ->
                optimize(Families.of("bert", "embedding").toString(), directory, ParityLimits.SAME))
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining("is there already");
    assertThat(file).hasContent("x");
  }

  @Test
  void unfinishedDirectoryIsTakenAway() throws IOException {
    Path place = directory.resolve("model");
    try (NewDirectory unfinished = NewDirectory.at(place)) {
      Files.createDirectories(unfinished.draft().resolve("1_Pooling"));
      Files.writeString(unfinished.draft().resolve("1_Pooling/config.json"), "{}");
      assertThat(place).doesNotExist();
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  private static OptimizeReport optimize(String model, Path out, ParityLimits limits)
      throws IOException, InterruptedException {
    return optimize(model, out, new FusedForm(), limits);
  }

  private static OptimizeReport optimize(String model, Path out, Form form, ParityLimits limits)
      throws IOException, InterruptedException {
    return new Optimizer(
            new OptimizeSettings(
                model, GraphChoice.AUTO, form, out, TEXTS, List.of(), PruneOptions.NONE, limits, 1),
            Progress.NONE)
        .run();
  }
}
