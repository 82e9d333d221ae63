package io.flinkinference.tools.optimize;

import io.flinkinference.engine.Device;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.directory.NewDirectory;
import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.OnnxWriter;
import io.flinkinference.tools.measure.Shape;
import io.flinkinference.tools.measure.ShapeSpeed;
import io.flinkinference.tools.measure.Speed;
import io.flinkinference.tools.measure.TokenBudgets;
import io.flinkinference.tools.optimize.OptimizeReport.BeforeAfter;
import io.flinkinference.tools.parity.Accuracy;
import io.flinkinference.tools.parity.Answers;
import io.flinkinference.tools.parity.Asked;
import io.flinkinference.tools.parity.Parity;
import io.flinkinference.tools.parity.ParityException;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.prune.PruneOptions;
import io.flinkinference.tools.prune.PruneReport;
import io.flinkinference.tools.prune.Pruner;
import io.flinkinference.tools.prune.RecoverTexts;
import io.flinkinference.tools.session.GraphSession;
import io.flinkinference.tools.session.ModelGraph;
import io.flinkinference.tools.session.ValueCheck;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.TextEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a faster form of a model: reads the graph, rewrites it, holds it against the original,
 * measures both, and puts the new directory in its place. If the answers are too far off, nothing
 * is kept.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Optimizer {

  private static final String GRAPH = "model.onnx";

  private final OptimizeSettings settings;
  private final Progress progress;

  /**
   * @param progress is told how far it is
   */
  public Optimizer(OptimizeSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Does it all.
   *
   * @throws ParityException if the answers are below the limits
   * @throws RuntimeException if the model cannot be read, rewritten or run; the message says why
   * @throws IOException if files cannot be read or written
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public OptimizeReport run() throws IOException, InterruptedException {
    NewDirectory.requireFree(settings.out());
    Model original = ModelRepositories.standard().resolve(settings.model(), settings.choice());
    try (NewDirectory directory = NewDirectory.at(settings.out())) {
      // What cannot be copied or read, and a text that the original cannot score, is better told
      // before hours of work than after them.
      long bytes = copy(original, directory.draft());
      Graph graph = ModelGraph.read(original);
      if (!settings.vocabulary().isEmpty()) {
        FewerTokens.requireKnown(original);
      }
      Asked asked = askOriginal();
      Rewritten rewritten = rewrite(original, graph, bytes, directory.draft());
      OptimizeReport report = tell(original, asked, rewritten, directory.draft());
      InferenceFileWriter.write(report, directory.draft());
      directory.complete();
      return report;
    }
  }

  /**
   * Copies what stays as it is.
   *
   * @return bytes of what does not
   */
  private long copy(Model original, Path draft) throws IOException {
    Path file = original.onnxFile();
    Set<Path> weights =
        OnnxReader.externalFiles(file).stream()
            .map(name -> file.resolveSibling(name).toAbsolutePath().normalize())
            .collect(Collectors.toUnmodifiableSet());
    long bytes = Files.size(file);
    for (Path one : weights) {
      bytes += Files.size(one);
    }
    CompanionFiles.copy(original, weights, draft);
    return bytes;
  }

  /**
   * Rewrites the graph, and writes it.
   *
   * @param read what was read of the original; it is changed
   * @param bytes of the original
   */
  private Rewritten rewrite(Model original, Graph read, long bytes, Path draft)
      throws IOException, InterruptedException {
    Graph graph = read;
    PruneReport pruning = null;
    if (settings.pruning().prunes()) {
      Pruner.Pruned pruned = prune(original, graph);
      graph = pruned.graph();
      pruning = pruned.report();
    }
    FirstTokenOutput.take(graph, original);
    Form.Made made = settings.form().make(graph, original, settings.texts(), progress);
    List<PassReport> passes = made.passes();
    if (!settings.vocabulary().isEmpty()) {
      passes = new ArrayList<>(passes);
      passes.add(FewerTokens.apply(original, made.graph(), settings.vocabulary(), draft, progress));
    }
    OnnxWriter.write(made.graph(), draft.resolve(GRAPH));
    return new Rewritten(bytes, pruning, passes, made.check());
  }

  private Pruner.Pruned prune(Model original, Graph graph) throws InterruptedException {
    if (!original.graph().precision().equals("fp32")) {
      throw new GraphException(
          "The model is of %s, and only fp32 can be pruned. Give the fp32 export of the model."
              .formatted(original.graph().precision()));
    }
    PruneOptions options = settings.pruning();
    List<Encoding> texts = EncodedTexts.of(original, settings.texts());
    // Each part by itself, for where texts get a second one it must not come from the other part.
    RecoverTexts recover =
        RecoverTexts.split(options.texts(), part -> EncodedTexts.of(original, part));
    return new Pruner(options, texts, recover, progress).prune(graph);
  }

  private OptimizeReport tell(Model original, Asked first, Rewritten rewritten, Path draft)
      throws IOException, InterruptedException {
    Model optimized = ModelRepositories.standard().resolve(draft.toString());
    Asked second = askNewForm(draft);
    Parity parity = parity(first, second);
    List<String> failures = settings.limits().failures(parity);
    if (!failures.isEmpty()) {
      throw new ParityException(
          ("The new form does not give the answers of %s to %d texts: %s. Nothing is kept. Ask texts"
                  + " like yours (--verify) if you have not, take a form of higher precision, or"
                  + " lower the limit if that is good enough for you.")
              .formatted(settings.model(), parity.texts(), String.join("; ", failures)));
    }
    List<ShapeSpeed> speeds = speeds(original, optimized);
    return new OptimizeReport(
        new OptimizeReport.Source(original.name(), original.sha256(), original.graph().precision()),
        settings.form().name(),
        optimized.sha256(),
        optimized.graph().precision(),
        second.stamp().batchInvariant(),
        rewritten.pruning(),
        rewritten.passes(),
        rewritten.check().values(),
        rewritten.check().largest(),
        parity,
        accuracy(first, second),
        Speed.mean(speeds),
        speeds,
        new BeforeAfter(rewritten.bytes(), Files.size(optimized.onnxFile())),
        Map.of(Device.CPU.toString(), budget(optimized)),
        "%d processors, %s"
            .formatted(Runtime.getRuntime().availableProcessors(), System.getProperty("os.arch")));
  }

  private Asked askOriginal() {
    List<SampleText> texts = settings.texts();
    try (Progress.Work work = progress.begin("Asking the original", texts.size())) {
      return Answers.ofOriginal(settings.model(), settings.choice(), texts, work::step);
    }
  }

  private Asked askNewForm(Path draft) {
    List<SampleText> texts = settings.texts();
    try (Progress.Work work = progress.begin("Asking the new form", texts.size())) {
      return Answers.ofNewForm(draft.toString(), texts, work::step);
    }
  }

  private Parity parity(Asked original, Asked optimized) {
    try (Progress.Work work = progress.begin("Comparing the answers", settings.texts().size())) {
      return Parity.of(original.answers(), optimized.answers(), work::step);
    }
  }

  private BeforeAfter accuracy(Asked original, Asked optimized) {
    OptionalDouble before = Accuracy.of(original.answers(), settings.texts());
    OptionalDouble after = Accuracy.of(optimized.answers(), settings.texts());
    return before.isPresent() && after.isPresent()
        ? new BeforeAfter(before.getAsDouble(), after.getAsDouble())
        : null;
  }

  private List<ShapeSpeed> speeds(Model original, Model optimized) throws InterruptedException {
    List<Shape> shapes = Shape.usual(original.config().maxTokens());
    List<ShapeSpeed> speeds = new ArrayList<>();
    int first = original.config().layout().firstPosition();
    try (Progress.Work work =
            progress.begin("Measuring both", (long) shapes.size() * settings.turns());
        GraphSession before = GraphSession.open(original.onnxFile(), first);
        GraphSession after = GraphSession.open(optimized.onnxFile(), first);
        Speed speed =
            new Speed(
                before,
                after,
                Math.min(original.config().vocabularySize(), optimized.config().vocabularySize()),
                TextEncoder.endOf(optimized),
                Runtime.getRuntime().availableProcessors())) {
      for (Shape shape : shapes) {
        speeds.add(speed.measure(shape, settings.turns(), work::step));
      }
    }
    return speeds;
  }

  private int budget(Model optimized) throws InterruptedException {
    try (Progress.Work work =
        progress.begin("Looking for the best token budget", TokenBudgets.COUNT)) {
      return TokenBudgets.best(optimized, Device.CPU, work::step);
    }
  }

  /**
   * What the rewriting gave.
   *
   * @param bytes of the original's graph and weights
   */
  private record Rewritten(
      long bytes, PruneReport pruning, List<PassReport> passes, ValueCheck check) {}
}
