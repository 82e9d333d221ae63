package io.flinkinference.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * Which of several graphs in a model directory is meant.
 *
 * @param precision that it must have
 * @param file its path in the directory, such as onnx/model_fp16.onnx; empty where the precision
 *     decides
 */
public record GraphChoice(GraphPrecision precision, String file) implements Serializable {

  /** The one that stands out. */
  public static final GraphChoice AUTO = new GraphChoice(GraphPrecision.AUTO, "");

  private static final long serialVersionUID = 1L;

  public GraphChoice {
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(file, "file");
  }

  /** Refuses a graph of another precision than the wanted one. */
  void require(Object model, GraphFacts facts, String cure) {
    if (!precision.accepts(facts)) {
      throw new ModelException(
          model + " is " + facts.precision() + ", but " + precision + " is asked for. " + cure);
    }
  }
}
