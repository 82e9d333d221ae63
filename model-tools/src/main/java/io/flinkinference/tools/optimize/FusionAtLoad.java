package io.flinkinference.tools.optimize;

import io.flinkinference.model.GraphRewriter;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelException;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.OnnxWriter;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.ModelGraph;
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
  public void rewrite(Model model, List<Encoding> samples, Path file) throws IOException {
    try {
      Graph graph = ModelGraph.read(model);
      CheckedFusion fusion = CheckedFusion.of(graph, model, samples, Progress.NONE);
      OnnxWriter.write(fusion.graph(), file);
      log(model, fusion);
    } catch (GraphException e) {
      throw new ModelException(
          "The graph of %s cannot be fused: %s%s Without inference.model.fuse it runs as it is."
              .formatted(model.name(), e.getMessage(), e.getMessage().endsWith(".") ? "" : "."),
          e);
    }
  }

  private static void log(Model model, CheckedFusion fusion) {
    if (fusion.withoutAttention() != null) {
      LOG.warn("In {}: {}", model.name(), fusion.withoutAttention());
    }
    fusion.passes().stream()
        .flatMap(pass -> pass.missed().stream())
        .forEach(missed -> LOG.debug("Not fused in {}: {}", model.name(), missed));
    List<String> stay =
        fusion.passes().stream()
            .filter(pass -> !pass.missed().isEmpty())
            .map(pass -> pass.pass() + " " + pass.missed().size())
            .toList();
    List<String> made =
        fusion.passes().stream()
            .filter(pass -> pass.made() > 0)
            .map(pass -> pass.pass() + " " + pass.made())
            .toList();
    if (made.isEmpty()) {
      LOG.warn(
          "The graph of {} has nothing to fuse, so inference.model.fuse only makes the start"
              + " longer. Set it to false.",
          model.name());
    } else {
      LOG.info(
          "Fused the graph of {}: {}. Found otherwise, and left, which the level DEBUG explains: {}. {} values differ by at most {}.",
          model.name(),
          String.join(", ", made),
          stay.isEmpty() ? "nothing" : String.join(", ", stay),
          fusion.check().values(),
          fusion.check().largest());
    }
  }
}
