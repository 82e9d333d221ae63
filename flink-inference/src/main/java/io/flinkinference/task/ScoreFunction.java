package io.flinkinference.task;

/** How logits become scores. */
enum ScoreFunction {
  SOFTMAX {
    @Override
    void apply(float[] logits) {
      Scores.softmax(logits, 1);
    }
  },
  SIGMOID {
    /** Several labels may fit, and one passage that a label fits is enough for it. */
    @Override
    WindowMerge merge() {
      return WindowMerge.MAX;
    }

    @Override
    void apply(float[] logits) {
      Scores.sigmoid(logits);
    }
  },
  RAW {
    @Override
    void apply(float[] logits) {}
  };

  /** Replaces the logits of one text by its scores. */
  abstract void apply(float[] logits);

  /** How scores of the windows of a text become one unless it is said. */
  WindowMerge merge() {
    return WindowMerge.WEIGHTED_MEAN;
  }
}
