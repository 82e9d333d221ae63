package io.flinkinference.model;

/** What is applied to each number that a linear layer gives. */
public enum Activation {
  /** Nothing. */
  IDENTITY {
    @Override
    public float apply(float value) {
      return value;
    }
  },
  /** The hyperbolic tangent. */
  TANH {
    @Override
    public float apply(float value) {
      return (float) Math.tanh(value);
    }
  };

  /** The value for one number. */
  public abstract float apply(float value);
}
