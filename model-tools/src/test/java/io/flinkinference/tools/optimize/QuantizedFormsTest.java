package io.flinkinference.tools.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.model.GraphChoice;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.parity.ParityLimits;
import io.flinkinference.tools.progress.TestingProgress;
import io.flinkinference.tools.prune.PruneOptions;
import io.flinkinference.tools.quantize.Precision;
import io.flinkinference.tools.quantize.QuantizeOptions;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.SampleTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizedFormsTest {

  private static final List<SampleText> TEXTS = SampleTexts.builtIn().subList(0, 24);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(value = Precision.class, mode = EnumSource.Mode.EXCLUDE, names = "FP32")
  void reportSaysWhatWasMade(Precision precision) throws Exception {
    OptimizeReport report =
        optimize(
            Families.of("bert", "embedding").toString(),
            new QuantizedForms(precision, TEXTS, QuantizeOptions.USUAL.withLeastCosine(-1)),
            new ParityLimits(-1, -1, -1));
    assertThat(report.form()).isEqualTo(precision.id());
    assertThat(report.precision()).isEqualTo(precision == Precision.FP16 ? "fp16" : "int8");
    assertThat(report.batchInvariant())
        .isEqualTo(precision == Precision.INT8 || precision == Precision.INT8_WEIGHTS);
    assertThat(report.checkedValues()).isPositive();
    assertThat(report.passes())
        .filteredOn(pass -> pass.pass().equals(precision.id()))
        .singleElement()
        .satisfies(pass -> assertThat(pass.made()).isPositive());
  }

  /** They are in the new graph, and what lay beside the old one is not copied. */
  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"INT8", "FP16"})
  void weightsBesideTheGraphAreQuantised(Precision precision) throws Exception {
    Path model = Families.of("bert", "external-data-single-label");
    Form form = new QuantizedForms(precision, TEXTS, QuantizeOptions.USUAL);
    OptimizeReport report = optimize(model.toString(), form, form.limits());
    double weights = Files.size(model.resolve("model.onnx_data"));
    assertThat(report.bytes().original())
        .isEqualTo(Files.size(model.resolve("model.onnx")) + weights);
    assertThat(report.bytes().optimized()).isBetween(weights / 4, weights);
    Path out = directory.resolve("out");
    assertThat(OnnxReader.externalFiles(out.resolve("model.onnx"))).isEmpty();
    assertThat(out.resolve("model.onnx_data")).doesNotExist();
  }

  /** Long texts are made of what there is, but none can be calibrated on and held out. */
  @Test
  void threeTextsAreTooFewToCalibrateOn() {
    List<SampleText> three = TEXTS.subList(0, 3);
    assertThatThrownBy(() -> new QuantizedForms(Precision.INT8, three, QuantizeOptions.USUAL))
        .hasMessageStartingWith("There are 3 texts to calibrate on. Give at least 4");
  }

  @Test
  void staticFormOfARealEncoderReachesItsLimits() throws Exception {
    Form form = new QuantizedForms(Precision.INT8, List.of(), QuantizeOptions.USUAL);
    OptimizeReport report =
        optimize("all-minilm-l6-v2", form, form.limits(), SampleTexts.builtIn());
    assertThat(report.parity().meanCosine()).isGreaterThan(0.997);
    assertThat(report.batchInvariant()).isTrue();
    assertThat(report.passes())
        .filteredOn(pass -> pass.pass().equals("int8"))
        .singleElement()
        .satisfies(pass -> assertThat(pass.missed()).as("layers that stay fp32").isEmpty());
    assertThat(report.bytes().optimized()).isLessThan(0.3 * report.bytes().original());
  }

  private OptimizeReport optimize(String model, Form form, ParityLimits limits) throws Exception {
    return optimize(model, form, limits, TEXTS);
  }

  private OptimizeReport optimize(
      String model, Form form, ParityLimits limits, List<SampleText> texts) throws Exception {
    OptimizeSettings settings =
        new OptimizeSettings(
            model,
            GraphChoice.AUTO,
            form,
            directory.resolve("out"),
            texts,
            List.of(),
            PruneOptions.NONE,
            limits,
            1);
    TestingProgress progress = new TestingProgress();
    OptimizeReport report = new Optimizer(settings, progress).run();
    progress.assertStepsDone();
    return report;
  }
}
