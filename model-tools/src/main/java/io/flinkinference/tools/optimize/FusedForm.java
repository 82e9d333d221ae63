package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.parity.ParityLimits;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.texts.SampleText;
import java.util.List;

/** The precision that the model has, with nodes fused. */
public final class FusedForm implements Form {

  @Override
  public String name() {
    return "fp32";
  }

  @Override
  public ParityLimits limits() {
    return ParityLimits.SAME;
  }

  @Override
  public Made make(Graph graph, Model model, List<SampleText> texts, Progress progress) {
    CheckedFusion fusion =
        CheckedFusion.of(graph, model, CheckBatches.encode(model, texts), progress);
    return new Made(fusion.graph(), fusion.passes(), fusion.check());
  }
}
