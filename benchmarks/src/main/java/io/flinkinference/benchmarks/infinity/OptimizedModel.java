package io.flinkinference.benchmarks.infinity;

import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.OnnxWriter;
import io.flinkinference.tools.optimize.QuantizedForms;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.quantize.Precision;
import io.flinkinference.tools.quantize.QuantizeOptions;
import io.flinkinference.tools.session.ModelGraph;
import io.flinkinference.tools.texts.SampleTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the optimizer makes of a model unless told otherwise, below the model's directory. */
final class OptimizedModel {

  private static final Precision PRECISION = Precision.INT8;
  private static final List<String> COMPANIONS =
      List.of("tokenizer.json", "tokenizer_config.json", "config.json");

  private OptimizedModel() {}

  /** Writes the form; its answers are those of random weights, so nothing is asked of them. */
  static ModelForm write(Path directory) throws IOException {
    Model model = ModelRepositories.standard().resolve(directory.toString());
    Graph made =
        new QuantizedForms(PRECISION, List.of(), QuantizeOptions.USUAL.withLeastCosine(-1))
            .make(ModelGraph.read(model), model, SampleTexts.builtIn(), Progress.NONE)
            .graph();
    Path own = Files.createDirectory(directory.resolve(PRECISION.id()));
    OnnxWriter.write(made, own.resolve("model.onnx"));
    for (String companion : COMPANIONS) {
      Files.copy(directory.resolve(companion), own.resolve(companion));
    }
    return new ModelForm(PRECISION.id(), own);
  }
}
