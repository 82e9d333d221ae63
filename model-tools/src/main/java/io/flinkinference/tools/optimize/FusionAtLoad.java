package io.flinkinference.tools.optimize;

import io.flinkinference.model.GraphRewriter;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelException;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.OnnxWriter;
import io.flinkinference.tools.session.ModelGraph;
import io.flinkinference.tools.session.ValueCheck;
import io.flinkinference.tools.texts.SampleTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@link FusedForm} makes, for an operator that loads a model as it was exported. */
public final class FusionAtLoad implements GraphRewriter {

  private static final Logger LOG = LoggerFactory.getLogger(FusionAtLoad.class);

  /** Found through {@code META-INF/services}. */
  public FusionAtLoad() {}

  @Override
  public void rewrite(Model model, Path file) throws IOException {
    try {
      Graph before = ModelGraph.read(model);
      Graph after = before.copy();
      List<PassReport> passes = Fusion.fuse(after);
      ValueCheck check = CheckBatches.check(model, SampleTexts.builtIn(), before, after);
      OnnxWriter.write(after, file);
      LOG.info(
          "Fused the graph of {}: {}; {} values differ by at most {}.",
          model.name(),
          passes,
          check.values(),
          check.largest());
    } catch (GraphException e) {
      throw new ModelException(
          "The graph of %s cannot be fused: %s Set inference.model.fuse to false."
              .formatted(model.name(), e.getMessage()),
          e);
    }
  }
}
