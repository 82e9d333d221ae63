package io.flinkinference.tools.prune;

import io.flinkinference.text.Encoding;
import io.flinkinference.tools.descent.Descent;
import io.flinkinference.tools.descent.DescentOptions;
import io.flinkinference.tools.descent.DescentResult;
import io.flinkinference.tools.descent.Parameters;
import io.flinkinference.tools.encoder.EncoderLayers;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.AnswerOutput;
import io.flinkinference.tools.session.GraphSession;
import io.flinkinference.tools.session.Likeness;
import io.flinkinference.tools.session.Observation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Teaches a graph to say what another says: the same outputs, and the same values between layers.
 */
final class Distillation {

  private static final int BATCH = 16;
  private static final double DECAY = 0.01;
  private static final double WARM_UP = 0.1;
  private static final int PATIENCE = 2;
  private static final long SEED = 1;

  private final Graph teacher;
  private final Graph student;
  private final Map<String, String> matches;

  /**
   * @param teacher the original
   * @param student is changed; its inputs are the same
   * @param matches values inside of the student with those of the teacher that they should be like
   */
  Distillation(Graph teacher, Graph student, Map<String, String> matches) {
    this.teacher = teacher;
    this.student = student;
    this.matches = new LinkedHashMap<>(matches);
    String output = AnswerOutput.of(student);
    this.matches.put(output, output);
  }

  /**
   * Teaches.
   *
   * @param likeness to the teacher, by which it is judged when to end
   */
  DescentResult run(
      List<Encoding> texts, Likeness likeness, int epochs, double rate, Progress progress)
      throws InterruptedException {
    Graph learning = student.copy();
    Fusion.fuseDerivable(learning);
    Observation observation = Observation.of(learning);
    EncoderLayers layers = EncoderLayers.of(learning, observation);
    matches.keySet().removeIf(value -> observation.shape(value).isEmpty());
    Graph open = teacher.copy();
    matches.values().forEach(open::addOutput);
    try (GraphSession original = GraphSession.open(open);
        Parameters parameters = new Parameters(learning, layers.weights(learning, layers.count()));
        GraphSession now = parameters.open(learning)) {
      LikenessLesson lesson =
          new LikenessLesson(
              texts,
              original,
              matches,
              () -> OptionalDouble.of(Closeness.of(likeness.of(now::run)).error()));
      Map<String, String> seeds = lesson.seeds(learning, observation);
      try (Descent descent =
          new Descent(learning, observation, seeds, parameters, lesson.inputs(), name -> 1)) {
        DescentResult result = descent.run(lesson, options(epochs, rate), progress);
        parameters.store(student);
        return result;
      }
    }
  }

  private static DescentOptions options(int epochs, double rate) {
    return new DescentOptions(epochs, BATCH, rate, DECAY, WARM_UP, PATIENCE, SEED);
  }
}
