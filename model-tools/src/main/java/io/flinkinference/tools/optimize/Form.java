package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.parity.ParityLimits;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.ValueCheck;
import io.flinkinference.tools.texts.SampleText;
import java.util.List;

/**
 * A form that a model is given: which precision it has, and how it is made.
 *
 * <p><b>Thread safety:</b> used by one thread.
 */
public interface Form {

  /** Name by which it is asked for, such as fp32 or int8. */
  String name();

  /** What its answers have to reach where the user says nothing. */
  ParityLimits limits();

  /**
   * Rewrites a graph.
   *
   * @param graph may be changed
   * @param texts by which its fusion is checked
   */
  Made make(Graph graph, Model model, List<SampleText> texts, Progress progress);

  /**
   * A graph that was made.
   *
   * @param graph the one that was given, or another
   * @param passes what each did
   * @param check of the values inside, after nodes were fused and before any were quantised
   */
  record Made(Graph graph, List<PassReport> passes, ValueCheck check) {

    public Made {
      passes = List.copyOf(passes);
    }
  }
}
