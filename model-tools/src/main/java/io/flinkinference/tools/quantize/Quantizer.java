package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.EqualConstants;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.Observation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a form of a model that computes with fewer bits.
 *
 * <pre>{@code
 * Graph graph = OnnxReader.read(file);
 * Fusion.fuse(graph);
 * QuantizedForm form =
 *     Quantizer.quantize(
 *         graph,
 *         Precision.INT8,
 *         CalibrationTexts.split(encodings, List.of()),
 *         QuantizeOptions.USUAL,
 *         Progress.NONE);
 * }</pre>
 *
 * <p>The graph that is given stays as it is. The same graph, texts and options make the same bytes.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Quantizer {

  private final Graph original;
  private final CalibrationTexts texts;
  private final QuantizeOptions options;
  private final Progress progress;

  private Quantizer(
      Graph original, CalibrationTexts texts, QuantizeOptions options, Progress progress) {
    this.original = original;
    this.texts = texts;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Makes a form.
   *
   * @param graph of fp32, best fused
   * @param progress is told how far it is
   * @throws GraphException if the graph is not of fp32, has no layers over tokens, or does not run
   */
  public static QuantizedForm quantize(
      Graph graph,
      Precision precision,
      CalibrationTexts texts,
      QuantizeOptions options,
      Progress progress) {
    Unquantized.require(graph);
    return new Quantizer(graph, texts, options, progress).make(precision);
  }

  private QuantizedForm make(Precision precision) {
    Graph graph = original.copy();
    int tables = precision.isInt8() && options.tables() ? EmbeddingRows.quantize(graph) : 0;
    Observation observation = Observation.of(graph);
    List<Layer> layers = Layer.all(graph, observation);
    List<String> never = precision.isInt8() ? neverRounded(graph, observation) : List.of();
    if (precision.isInt8() && layers.isEmpty()) {
      throw new GraphException(
          "The graph has no layer with constant weights over tokens, so there is nothing to"
              + " quantise. Such layers are MatMul nodes; Gemm over tokens is not one of them. Give"
              + " the fp32 export of a text model as transformers or optimum write it.");
    }
    Fidelity fidelity = Fidelity.to(original, texts, progress);
    List<String> exact = List.of();
    switch (precision) {
      case INT8 -> {
        StaticForm form = StaticSearch.search(graph, layers, texts, fidelity, options, progress);
        graph = form.graph();
        exact = form.exact();
        requireRounded(layers, exact);
      }
      case INT8_DYNAMIC -> DynamicInt8.quantize(graph, layers, options.most());
      case INT8_WEIGHTS -> WeightsOnly.quantize(graph, layers);
      case FP16 -> {
        Fp16.Form form = Fp16.of(graph, Reach.of(graph, texts.calibration(), progress));
        graph = form.graph();
        exact = form.exact();
      }
      case FP32 -> {}
    }
    EqualConstants.merge(graph);
    Fidelity.Means means = fidelity.means(graph, progress);
    Set<String> stay = Set.copyOf(exact);
    int made = (int) layers.stream().filter(layer -> !stay.contains(layer.output())).count();
    return new QuantizedForm(
        graph,
        precision,
        made,
        Stream.concat(exact.stream(), never.stream()).toList(),
        tables,
        means.heldOut(),
        means.otherDomain());
  }

  /** What is left of 8 bits then are tables, and the operator would stamp results as of fp32. */
  private void requireRounded(List<Layer> layers, List<String> exact) {
    if (exact.size() == layers.size()) {
      throw new GraphException(
          "No layer can have 8 bits at a mean cosine of %s. %s --calibrate texts like yours, or take int8-weights."
              .formatted(
                  options.leastCosine(),
                  options.leastCosine() > QuantizeOptions.USUAL.leastCosine()
                      ? "Demand less by --mean-cosine, give"
                      : "Give"));
    }
  }

  private static List<String> neverRounded(Graph graph, Observation observation) {
    // One token a text is hardly any work, and too little to round weights by.
    List<Layer> first = Layer.ofFirstTokens(graph, observation);
    return Stream.of(
            Layer.ofOtherAttentions(graph).stream(),
            Layer.ofOtherProducts(graph, observation).stream(),
            first.stream().map(Layer::output))
        .flatMap(names -> names)
        .toList();
  }
}
