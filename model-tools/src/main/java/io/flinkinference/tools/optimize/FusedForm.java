package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.parity.ParityLimits;
import io.flinkinference.tools.progress.Progress;

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
  public boolean keepsValues() {
    return true;
  }

  @Override
  public Made make(Graph graph, Model model, Progress progress) {
    return new Made(graph, Fusion.fuse(graph));
  }
}
