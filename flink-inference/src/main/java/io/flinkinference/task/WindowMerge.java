package io.flinkinference.task;

import io.flinkinference.text.Window;
import java.util.List;

/** How the scores or vectors of a text's windows become one. */
public enum WindowMerge {
  /** As suits the task best; docs/tasks-long-texts.md says which that is. */
  AS_TASK,
  /** Of each label the best score that a window gives it. */
  MAX,
  /** The mean of all windows. */
  MEAN,
  /** The mean of all windows, each as often as it has tokens of the text. */
  WEIGHTED_MEAN;

  /** This, or another one where it is the task's to say. */
  WindowMerge or(WindowMerge ofTask) {
    return this == AS_TASK ? ofTask : this;
  }

  /**
   * Merges component by component, in the order of the windows, so that the same windows give the
   * same bits.
   *
   * @param windows at least one
   * @param values of each of them, all of one length; of a single one it is returned as it is
   */
  float[] merge(List<Window> windows, List<float[]> values) {
    if (values.size() == 1) {
      return values.get(0);
    }
    return this == MAX ? max(values) : mean(windows, values);
  }

  private static float[] max(List<float[]> values) {
    float[] largest = values.get(0).clone();
    for (float[] window : values) {
      for (int i = 0; i < largest.length; i++) {
        largest[i] = Math.max(largest[i], window[i]);
      }
    }
    return largest;
  }

  private float[] mean(List<Window> windows, List<float[]> values) {
    double[] sums = new double[values.get(0).length];
    double weights = 0;
    for (int window = 0; window < values.size(); window++) {
      double weight = this == WEIGHTED_MEAN ? windows.get(window).tokens() : 1;
      weights += weight;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += weight * values.get(window)[i];
      }
    }
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / weights);
    }
    return mean;
  }
}
