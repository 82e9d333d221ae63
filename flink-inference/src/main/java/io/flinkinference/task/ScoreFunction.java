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
}
