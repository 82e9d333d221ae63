package io.flinkinference.tools.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.flinkinference.model.GraphChoice;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.parity.Answers;
import io.flinkinference.tools.parity.Parity;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.prune.PruneOptions;
import io.flinkinference.tools.quantize.Precision;
import io.flinkinference.tools.quantize.QuantizeOptions;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.SampleTexts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models whose graphs are as another tool's optimiser has written them: ONNX Runtime's own. */
final class FusedElsewhereTest {

  private static final List<SampleText> TEXTS = SampleTexts.builtIn().subList(0, 24);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "bert, embedding, EXTENDED_OPT",
    "bert, embedding, ALL_OPT",
    "bert, dynamo-embedding, EXTENDED_OPT",
    "bert, opset-11-single-label, EXTENDED_OPT",
    "xlm-roberta, tokens, EXTENDED_OPT",
  })
  void answersStayThoseOfTheExport(String family, String task, OptLevel level) throws Exception {
    Path export = Families.of(family, task);
    Form form = new FusedForm();
    OptimizeReport report = optimize(fusedElsewhere(export, level), form);
    assertThat(report.checkedValues()).isPositive();
    assertThat(report.batchInvariant()).isTrue();
    assertThat(report.passes())
        .filteredOn(pass -> pass.pass().equals("Attention"))
        .singleElement()
        .satisfies(
            pass ->
                assertThat(pass.missed())
                    .isNotEmpty()
                    .allMatch(why -> why.contains("of a FusedMatMul, which another tool put")));
    assertThat(form.limits().failures(toThe(export))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bert, embedding, EXTENDED_OPT",
    "bert, embedding, ALL_OPT",
    "bert, dynamo-embedding, EXTENDED_OPT",
  })
  void layersAreQuantised(String family, String task, OptLevel level) throws Exception {
    Path export = Families.of(family, task);
    Form form = new QuantizedForms(Precision.INT8, TEXTS, QuantizeOptions.USUAL);
    OptimizeReport report = optimize(fusedElsewhere(export, level), form);
    assertThat(report.precision()).isEqualTo("int8");
    assertThat(report.batchInvariant()).isTrue();
    assertThat(report.passes())
        .filteredOn(pass -> pass.pass().equals("int8"))
        .singleElement()
        .satisfies(pass -> assertThat(pass.made()).isPositive());
    assertThat(form.limits().failures(toThe(export))).isEmpty();
  }

  private Path fusedElsewhere(Path export, OptLevel level) throws Exception {
    Path model = Families.copyOptimized(level, export, directory.resolve("model"));
    assertThat(OnnxReader.read(model.resolve("model.onnx")).nodes())
        .as("nodes of ONNX Runtime's own")
        .anyMatch(node -> node.domain().equals(Graph.MICROSOFT));
    return model;
  }

  private OptimizeReport optimize(Path model, Form form) throws Exception {
    OptimizeSettings settings =
        new OptimizeSettings(
            model.toString(),
            GraphChoice.AUTO,
            form,
            directory.resolve("out"),
            TEXTS,
            List.of(),
            PruneOptions.NONE,
            form.limits(),
            1);
    return new Optimizer(settings, Progress.NONE).run();
  }

  /** How near the new form is to what the other tool was given. */
  private Parity toThe(Path export) {
    String out = directory.resolve("out").toString();
    return Parity.of(
        Answers.ofOriginal(export.toString(), GraphChoice.AUTO, TEXTS, () -> {}).answers(),
        Answers.ofNewForm(out, TEXTS, () -> {}).answers(),
        () -> {});
  }
}
