package io.flinkinference.tools.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.flinkinference.model.GraphChoice;
import io.flinkinference.model.Model;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.OnnxWriter;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.parity.ParityException;
import io.flinkinference.tools.parity.ParityLimits;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.prune.PruneOptions;
import io.flinkinference.tools.session.ValueCheck;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.SampleTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose numbers are none. */
final class NoNumbersTest {

  @TempDir private Path directory;

  @Test
  void newFormIsAtFaultForTextsThatTheOriginalScores() {
    Path model = Families.of("bert", "single-label");
    assertThatThrownBy(() -> optimize(model, NoNumbersTest::breakWeights))
        .isInstanceOf(ParityException.class)
        .hasMessageStartingWith("The new form cannot score the text in line ")
        .hasMessageContaining("is NaN for this text")
        .hasMessageEndingWith("Take one of higher precision.");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void textThatTheOriginalDoesNotScoreIsToBeTakenOut() throws IOException {
    Path model = Files.createDirectory(directory.resolve("model"));
    for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(Families.of("bert", "single-label").resolve(file), model.resolve(file));
    }
    Graph graph = OnnxReader.read(Families.of("bert", "single-label").resolve("model.onnx"));
    breakWeights(graph);
    OnnxWriter.write(graph, model.resolve("model.onnx"));
    assertThatThrownBy(() -> optimize(model, NoNumbersTest::neverMade))
        .isInstanceOf(ParityException.class)
        .hasMessageStartingWith("The original cannot score the text in line ")
        .hasMessageContaining("is NaN for this text")
        .hasMessageEndingWith("Take the text out.");
  }

  /** A graph that is not fit to run is told by its file, and not by what is made of it. */
  @Test
  void graphThatDoesNotRunIsNamedBeforeTheWork() throws IOException {
    Path model = Families.copy(Families.of("bert", "single-label"), directory.resolve("model"));
    Path file = model.resolve("model.onnx");
    ModelProto.Builder proto = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    proto.getGraphBuilder().getNodeBuilder(0).setDomain("my.domain");
    Files.write(file, proto.build().toByteArray());
    assertThatThrownBy(() -> optimize(model, NoNumbersTest::neverMade))
        .hasMessageContaining(file + " cannot be opened: ")
        .hasMessageContaining("my.domain");
  }

  /** It would take hours. */
  private static void neverMade(Graph graph) {
    throw new AssertionError("The original was not asked before " + graph.outputs());
  }

  private void optimize(Path model, Consumer<Graph> change)
      throws IOException, InterruptedException {
    OptimizeSettings settings =
        new OptimizeSettings(
            model.toString(),
            GraphChoice.AUTO,
            new Changed(change),
            directory.resolve("out"),
            SampleTexts.builtIn().subList(0, 5),
            List.of(),
            PruneOptions.NONE,
            new ParityLimits(-1, -1, -1),
            1);
    new Optimizer(settings, Progress.NONE).run();
  }

  private static void breakWeights(Graph graph) {
    for (String name : List.copyOf(graph.constants())) {
      Tensor tensor = graph.constant(name).orElseThrow();
      if (tensor.type() == ElementType.FLOAT && tensor.rank() == 2) {
        float[] none = new float[tensor.count()];
        Arrays.fill(none, Float.NaN);
        graph.setConstant(name, Tensor.floats(none, tensor.shape()));
      }
    }
  }

  /** A form that nothing checks before it is asked. */
  private record Changed(Consumer<Graph> change) implements Form {

    @Override
    public String name() {
      return "changed";
    }

    @Override
    public ParityLimits limits() {
      return ParityLimits.SAME;
    }

    @Override
    public Made make(Graph graph, Model model, List<SampleText> texts, Progress progress) {
      change.accept(graph);
      return new Made(graph, List.of(), new ValueCheck(0, 0, ""));
    }
  }
}
