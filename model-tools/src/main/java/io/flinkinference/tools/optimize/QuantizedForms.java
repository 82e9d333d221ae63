package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.parity.ParityLimits;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.quantize.CalibrationTexts;
import io.flinkinference.tools.quantize.Precision;
import io.flinkinference.tools.quantize.QuantizeOptions;
import io.flinkinference.tools.quantize.QuantizedForm;
import io.flinkinference.tools.quantize.Quantizer;
import io.flinkinference.tools.quantize.Unquantized;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.SampleTexts;
import io.flinkinference.tools.texts.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * Forms of fewer bits, with nodes fused.
 *
 * <p><b>Thread safety:</b> used by one thread.
 */
public final class QuantizedForms implements Form {

  /** More texts hardly widen the ranges. */
  private static final int MOST_TEXTS = 400;

  private final Precision precision;
  private final List<SampleText> texts;
  private final QuantizeOptions options;

  /**
   * @param texts like those that the model will get; if there are none, built-in ones
   * @throws IllegalArgumentException if there are some, but too few to calibrate on
   */
  public QuantizedForms(Precision precision, List<SampleText> texts, QuantizeOptions options) {
    if (!texts.isEmpty() && texts.size() < CalibrationTexts.LEAST) {
      throw new IllegalArgumentException(
          "There are %d texts to calibrate on. Give at least %d, better some hundred, or none for the built-in ones."
              .formatted(texts.size(), CalibrationTexts.LEAST));
    }
    this.precision = precision;
    this.texts = List.copyOf(texts);
    this.options = options;
  }

  @Override
  public String name() {
    return precision.id();
  }

  @Override
  public ParityLimits limits() {
    // Vectors agree by their nearest text, which among texts on unlike things is often a near tie.
    return switch (precision) {
      case FP32 -> ParityLimits.SAME;
      case INT8_WEIGHTS, FP16 -> new ParityLimits(0.995, 0.999, 0.99);
      case INT8 -> new ParityLimits(0.9, QuantizeOptions.USUAL.leastCosine(), 0.99);
      case INT8_DYNAMIC -> new ParityLimits(0.9, 0.98, 0.95);
    };
  }

  @Override
  public Made make(Graph graph, Model model, List<SampleText> checked, Progress progress) {
    Unquantized.require(graph);
    CheckedFusion fusion =
        CheckedFusion.of(graph, model, CheckBatches.encode(model, checked), progress);
    List<PassReport> passes = new ArrayList<>(fusion.passes());
    QuantizedForm form =
        Quantizer.quantize(fusion.graph(), precision, calibration(model), options, progress);
    passes.add(layers(form));
    if (form.tables() > 0) {
      passes.add(new PassReport("int8 tables of embeddings", form.tables(), List.of()));
    }
    return new Made(form.graph(), passes, fusion.check());
  }

  private static PassReport layers(QuantizedForm form) {
    List<String> kept = form.exact().stream().map(name -> name + " stays fp32.").toList();
    return new PassReport(form.precision().id(), form.layers(), kept);
  }

  private CalibrationTexts calibration(Model model) {
    List<SampleText> builtIn = SampleTexts.builtIn();
    List<SampleText> all = texts.isEmpty() ? builtIn : Spread.of(texts, MOST_TEXTS);
    List<SampleText> calibration = new ArrayList<>();
    List<SampleText> heldOut = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      (CalibrationTexts.isHeldOut(i) ? heldOut : calibration).add(all.get(i));
    }
    // Each with long texts of its own, for what is held out must not be calibrated on.
    return new CalibrationTexts(
        EncodedTexts.withLong(model, calibration, 3),
        EncodedTexts.withLong(model, heldOut, 1),
        texts.isEmpty() ? List.of() : EncodedTexts.withLong(model, builtIn, 1));
  }
}
