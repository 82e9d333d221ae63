package io.flinkinference.tools.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.measure.Shape;
import io.flinkinference.tools.measure.Speed;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.GraphSession;
import io.flinkinference.tools.texts.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prints the tables of docs/quantize.md. */
@EnabledIfSystemProperty(named = "tools.data", matches = ".+")
class FiguresTest {

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 16),
          new Shape(16, 32),
          new Shape(8, 64),
          new Shape(4, 128),
          new Shape(2, 256));

  private static final int EVERY = Integer.getInteger("tools.every", 1);
  private static final int TURNS = Integer.getInteger("tools.turns", 15);

  @ParameterizedTest
  @CsvSource({
    "all-minilm-l6-v2, all-minilm-l6-v2-q",
    "bge-small-en-v1.5, bge-small-en-v1.5-q",
    "e5-small-v2, e5-small-v2-q"
  })
  void staticFormIsNearToFp32(String name, String published) throws Exception {
    Model model = ModelRepositories.standard().resolve(name);
    Graph exported = OnnxReader.read(model.onnxFile());
    Graph fused = exported.copy();
    Fusion.fuse(fused);
    Map<String, Graph> forms = new LinkedHashMap<>();
    forms.put("fp32, exported", exported);
    for (Precision precision : Precision.values()) {
      if (precision != Precision.FP16) {
        forms.put(precision.id(), form(model, fused, precision, QuantizeOptions.USUAL).graph());
      }
    }
    QuantizeOptions full = QuantizeOptions.USUAL.withFullWeights(true);
    forms.put("int8, full weights", form(model, fused, Precision.INT8, full).graph());
    forms.put(
        "published int8",
        OnnxReader.read(ModelRepositories.standard().resolve(published).onnxFile()));
    assertThat(answers(model, forms)).isGreaterThan(0.99);
    speeds(model, forms);
  }

  private static QuantizedForm form(
      Model model, Graph fused, Precision precision, QuantizeOptions options) throws IOException {
    List<Encoding> texts = Texts.builtIn(model.tokenizerFile(), Integer.MAX_VALUE);
    return Quantizer.quantize(
        fused, precision, CalibrationTexts.split(texts, List.of()), options, Progress.NONE);
  }

  /** Returns the mean cosine of static int8 on Banking77. */
  private static double answers(Model model, Map<String, Graph> forms) throws Exception {
    Figures figures = new Figures(model, Path.of(System.getProperty("tools.data")), EVERY);
    List<float[]> expected = null;
    double static8 = 0;
    for (Map.Entry<String, Graph> form : forms.entrySet()) {
      try (GraphSession session = GraphSession.open(form.getValue())) {
        List<float[]> vectors = figures.vectors(session);
        expected = expected == null ? vectors : expected;
        double cosine = Figures.cosine(vectors, expected);
        static8 = form.getKey().equals(Precision.INT8.id()) ? cosine : static8;
        System.out.printf(
            Locale.ROOT,
            "ANSWERS | %s | %s | %.4f | %.4f | %.2f %% |%n",
            model.name(),
            form.getKey(),
            cosine,
            figures.spearman(session),
            100 * figures.accuracy(vectors));
      }
    }
    return static8;
  }

  private static void speeds(Model model, Map<String, Graph> forms) throws Exception {
    try (GraphSession exported = GraphSession.open(model.onnxFile(), 0)) {
      for (Map.Entry<String, Graph> form : forms.entrySet()) {
        try (GraphSession session = GraphSession.open(form.getValue());
            Speed speed =
                new Speed(
                    exported,
                    session,
                    model.config().vocabularySize(),
                    TextEncoder.endOf(model),
                    2)) {
          StringJoiner ratios = new StringJoiner(" | ");
          for (Shape shape : SHAPES) {
            double ratio = speed.measure(shape, TURNS, () -> {}).ratio();
            ratios.add(String.format(Locale.ROOT, "%.2f", ratio));
          }
          System.out.printf("SPEED | %s | %s | %s |%n", model.name(), form.getKey(), ratios);
        }
      }
    }
  }
}
