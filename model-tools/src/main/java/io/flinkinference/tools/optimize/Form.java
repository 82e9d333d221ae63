package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.parity.ParityLimits;
import io.flinkinference.tools.progress.Progress;
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

  /** Whether all values inside stay what they are up to rounding, so that each can be checked. */
  boolean keepsValues();

  /**
   * Rewrites a graph.
   *
   * @param graph may be changed
   */
  Made make(Graph graph, Model model, Progress progress);

  /**
   * A graph that was made.
   *
   * @param graph the one that was given, or another
   * @param passes what each did
   */
  record Made(Graph graph, List<PassReport> passes) {

    public Made {
      passes = List.copyOf(passes);
    }
  }
}
