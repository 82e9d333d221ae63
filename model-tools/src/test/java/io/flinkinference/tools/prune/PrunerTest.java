package io.flinkinference.tools.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.encoder.OwnBiases;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.progress.TestingProgress;
import io.flinkinference.tools.quantize.CalibrationTexts;
import io.flinkinference.tools.quantize.Precision;
import io.flinkinference.tools.quantize.QuantizeOptions;
import io.flinkinference.tools.quantize.QuantizedForm;
import io.flinkinference.tools.quantize.Quantizer;
import io.flinkinference.tools.session.GraphSession;
import io.flinkinference.tools.session.Likeness;
import io.flinkinference.tools.session.Observation;
import io.flinkinference.tools.texts.SampleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrunerTest {

  private static final List<Encoding> TEXTS = texts(24);
  private static final TokenBatch BATCH = TokenBatch.of(TEXTS.subList(0, 3));

  static List<Path> models() throws IOException {
    return Families.all().stream()
        .filter(
            path ->
                path.endsWith("embedding")
                    || path.endsWith("dynamo-embedding")
                    || path.endsWith("opset-11-single-label"))
        .toList();
  }

  private static List<Encoding> texts(int count) {
    Random random = new Random(4);
    List<Encoding> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(Encoding.of(random.ints(4 + i % 9, 5, 90).toArray()));
    }
    return texts;
  }

  private static PruneOptions options(double neurons, double heads, int layers) {
    return new PruneOptions(neurons, heads, layers, List.of(), 1, 1e-3);
  }

  private static Pruner.Pruned prune(Path model, PruneOptions options) throws InterruptedException {
    TestingProgress progress = new TestingProgress();
    Pruner.Pruned pruned =
        new Pruner(options, TEXTS, RecoverTexts.NONE, progress)
            .prune(OnnxReader.read(model.resolve("model.onnx")));
    progress.assertStepsDone();
    return pruned;
  }

  private static int numbers(Graph graph) {
    return graph.constants().stream()
        .mapToInt(name -> graph.constant(name).orElseThrow().count())
        .sum();
  }

  private static void run(Graph graph) {
    try (GraphSession session = GraphSession.open(graph)) {
      assertThat(session.run(BATCH)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void neuronsOfEachFamilyCanBeTakenOut(Path model) throws InterruptedException {
    if (family(model).equals("modernbert")) {
      assertThatThrownBy(() -> prune(model, options(0.5, 0, 0)))
          .isInstanceOf(GraphException.class)
          .hasMessageContaining("no neurons that can be taken out");
      return;
    }
    Pruner.Pruned pruned = prune(model, options(0.5, 0, 0));
    PruneReport report = pruned.report();
    assertThat(report.neurons().before()).isEqualTo(family(model).equals("albert") ? 32 : 64);
    assertThat(report.neurons().after()).isEqualTo(report.neurons().before() / 2);
    assertThat(numbers(pruned.graph())).isLessThan(numbers(prune(model, options(0, 0, 0)).graph()));
    run(pruned.graph());
  }

  @ParameterizedTest
  @MethodSource("models")
  void headsOfMostFamiliesCanBeTakenOut(Path model) throws InterruptedException {
    if (List.of("modernbert", "deberta-v2", "mpnet").contains(family(model))) {
      assertThatThrownBy(() -> prune(model, options(0, 0.5, 0)))
          .isInstanceOf(GraphException.class)
          .hasMessageContaining("no heads that can be taken out");
      return;
    }
    Pruner.Pruned pruned = prune(model, options(0, 0.5, 0));
    PruneReport report = pruned.report();
    assertThat(report.heads().after()).isLessThan(report.heads().before());
    run(pruned.graph());
    List<PassReport> passes = Fusion.fuse(pruned.graph());
    assertThat(passes).anyMatch(pass -> pass.pass().equals("Attention") && pass.made() == 2);
    run(pruned.graph());
  }

  @ParameterizedTest
  @MethodSource("models")
  void layersOfMostFamiliesCanBeTakenOut(Path model) throws InterruptedException {
    if (family(model).equals("modernbert")) {
      assertThatThrownBy(() -> prune(model, options(0, 0, 1)))
          .hasMessageContaining("No layer can be left out");
      return;
    }
    Pruner.Pruned pruned = prune(model, options(0, 0, 1));
    assertThat(pruned.report().layers()).hasSize(1);
    assertThat(pruned.graph().nodes("Softmax")).hasSize(1);
    run(pruned.graph());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void whatIsLeftCanBeQuantised(Precision precision) throws InterruptedException {
    Graph graph = prune(Families.of("bert", "embedding"), options(0.5, 0.5, 0)).graph();
    Fusion.fuse(graph);
    QuantizedForm form =
        Quantizer.quantize(
            graph,
            precision,
            CalibrationTexts.split(TEXTS, List.of()),
            QuantizeOptions.USUAL.withLeastCosine(-1),
            Progress.NONE);
    assertThat(form.cosine()).isGreaterThan(0.9);
    run(form.graph());
  }

  @ParameterizedTest
  @ValueSource(strings = {"embedding", "single-label"})
  void teachingBringsAnswersNearer(String task) throws InterruptedException {
    List<SampleText> names = new ArrayList<>();
    List<Encoding> texts = texts(200);
    for (int i = 0; i < texts.size(); i++) {
      names.add(new SampleText("text " + i, "", i + 1));
    }
    PruneReport report =
        new Pruner(
                new PruneOptions(0.5, 0.5, 1, names, 4, 3e-3),
                TEXTS,
                RecoverTexts.split(texts, Function.identity()),
                new TestingProgress())
            .prune(OnnxReader.read(Families.of("bert", task).resolve("model.onnx")))
            .report();
    assertThat(report.recovered().error()).isLessThan(0.8 * report.pruned().error());
    assertThat(report.recovery().epochs()).isPositive();
  }

  @Test
  void leastImportantGoFirst() throws InterruptedException {
    Path model = Families.of("bert", "embedding");
    Graph original = OnnxReader.read(model.resolve("model.onnx"));
    Graph graph = original.copy();
    Fusion.simplify(graph);
    OwnBiases.give(graph);
    List<Units> units = UnitSearch.neurons(graph, Observation.of(graph)).units();
    Map<Units, float[]> means = Means.of(graph, units, TEXTS, Progress.NONE);
    Map<Units, double[]> turned = Importance.of(graph, units, means, TEXTS, Progress.NONE);
    turned.replaceAll((one, all) -> Arrays.stream(all).map(each -> -each).toArray());
    Importance.kept(turned, 0.5, 16)
        .forEach((one, kept) -> Cutting.apply(graph, one, kept, means.get(one)));
    double mostGone =
        Closeness.of(Likeness.to(original, TEXTS, () -> {}).of(graph, () -> {})).error();
    double leastGone = prune(model, options(0.5, 0, 0)).report().pruned().error();
    assertThat(leastGone).isLessThan(0.9 * mostGone);
  }

  /** As in a file that is sorted by kind. */
  @Test
  void piecesAreWeighedByTextsOfAllOfTheFile() throws InterruptedException {
    List<Encoding> head = texts(300);
    List<Encoding> longer = new ArrayList<>(head);
    longer.addAll(Collections.nCopies(300, Encoding.of(2, 7, 7, 7, 3)));
    assertThat(lastBias(longer)).isNotEqualTo(lastBias(head));
  }

  /** What neurons that are gone said on average is in it. */
  private static float[] lastBias(List<Encoding> texts) throws InterruptedException {
    Graph graph =
        new Pruner(options(0.5, 0, 0), texts, RecoverTexts.NONE, Progress.NONE)
            .prune(OnnxReader.read(Families.of("bert", "embedding").resolve("model.onnx")))
            .graph();
    Units last =
        UnitSearch.neurons(graph, Observation.of(graph)).units().stream()
            .reduce((one, next) -> next)
            .orElseThrow();
    return graph.constant(last.biases().get(0)).orElseThrow().toFloats();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mpnet", "deberta-v2"})
  void whatCannotGoDoesNotHoldTheRest(String family) throws InterruptedException {
    PruneReport report = prune(Families.of(family, "embedding"), options(0.5, 0.5, 0)).report();
    assertThat(report.neurons().after()).isEqualTo(report.neurons().before() / 2);
    assertThat(report.missed())
        .contains("The graph has no heads that can be taken out.")
        .anyMatch(missed -> missed.startsWith("The heads around"));
  }

  @Test
  void eachKindTellsOfItsOwn() {
    assertThatThrownBy(() -> prune(Families.of("modernbert", "embedding"), options(0.5, 0.5, 1)))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining(
            "Nothing that is asked for can be taken out. No layer can be left out")
        .hasMessageContaining("no heads that can be taken out")
        .hasMessageContaining("no neurons that can be taken out")
        .hasMessageContaining("Ask for other pieces");
  }

  @Test
  void shareThatTakesNothingOutIsTold() throws InterruptedException {
    Path model = Families.of("bert", "embedding");
    String told = "A share of 0.01 takes none of the 4 heads out. Ask for a larger one.";
    assertThatThrownBy(() -> prune(model, options(0, 0.01, 0)))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("Nothing that is asked for can be taken out. " + told);
    assertThat(prune(model, options(0.5, 0.01, 0)).report().missed()).contains(told);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void oneLayerStaysAtLeast(int layers) {
    assertThatThrownBy(() -> prune(Families.of("bert", "embedding"), options(0, 0, layers)))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("has 2 layers, so " + layers + " cannot be taken out")
        .hasMessageContaining("Ask for fewer");
  }

  @Test
  void nothingIsTaughtWithoutTextsToLearnFrom() throws InterruptedException {
    List<SampleText> names =
        IntStream.range(0, 100).mapToObj(i -> new SampleText("text " + i, "", 1)).toList();
    PruneReport report =
        new Pruner(
                new PruneOptions(0.5, 0, 0, names, 1, 1e-3),
                TEXTS,
                RecoverTexts.NONE,
                Progress.NONE)
            .prune(OnnxReader.read(Families.of("bert", "embedding").resolve("model.onnx")))
            .report();
    assertThat(report.recovery()).isNull();
  }

  @Test
  void sharesAreChecked() {
    assertThatThrownBy(() -> options(1, 0, 0))
        .hasMessageContaining("share of neurons")
        .hasMessageContaining("is 1.0; it has to be at least 0 and below 1");
    assertThat(PruneOptions.NONE.prunes()).isFalse();
  }

  private static String family(Path model) {
    return model.getParent().getFileName().toString();
  }
}
