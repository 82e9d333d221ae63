package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.model.DenseModule;
import io.flinkinference.model.DenseWeights;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.Pooling;
import io.flinkinference.runtime.LoadedModel;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the vector of a text from the outputs of an embedding model: the pooled one, where the
 * graph pools and the task does not want to, else the vectors of the tokens, pooled here; then the
 * model's dense layers.
 *
 * <p>A graph that pools is taken to hold the dense layers too, as sentence-transformers and optimum
 * export it, unless its vectors have the size that goes into them and not the one that comes out.
 *
 * <p><b>Thread safety:</b> has no state that changes.
 */
final class TextVectors {

  /** Least length that is divided by; torch.nn.functional.normalize has the same. */
  private static final double LEAST_LENGTH = 1e-12;

  private final String output;
  private final int rank;
  private final Pooling pooling;
  private final boolean padsLeft;
  private final List<DenseLayer> dense;

  private TextVectors(
      TensorSpec output, Pooling pooling, boolean padsLeft, List<DenseLayer> dense) {
    this.output = output.name();
    this.rank = output.rank();
    this.pooling = pooling;
    this.padsLeft = padsLeft;
    this.dense = dense;
  }

  /**
   * Vectors that are pooled as the model's directory says.
   *
   * @throws ModelException if no output suits, or the directory does not say how to pool
   */
  static TextVectors of(LoadedModel model) {
    return of(model, null);
  }

  /**
   * Vectors that are pooled as a task says.
   *
   * @param ofTask null for the model's own way
   * @throws ModelException if no output suits, or the tokens have to be pooled and nobody has said
   *     how
   */
  static TextVectors of(LoadedModel model, Pooling ofTask) {
    String name = model.model().name();
    List<TensorSpec> outputs = model.engine().outputs();
    Pooling ofModel = model.model().config().pooling();
    // A graph that pools does so as its directory says, so the same is no contradiction.
    TensorSpec output =
        ofTask == null || ofTask == ofModel
            ? VectorOutput.choose(name, outputs)
            : VectorOutput.chooseForPooling(name, ofTask, outputs);
    Pooling pooling = ofTask == null ? ofModel : ofTask;
    if (output.rank() == 3 && pooling == null) {
      throw new ModelException(
          "Model '"
              + name
              + "' gives vectors of tokens, and its directory does not say how to pool them. Add"
              + " 1_Pooling/config.json with pooling_mode_mean_tokens or pooling_mode_cls_token, or"
              + " set the pooling of the task.");
    }
    List<DenseModule> modules = model.model().config().dense();
    List<DenseLayer> dense =
        isInGraph(output, modules) ? List.of() : layers(modules, model.dense());
    VectorOutput.requireFits(name, output, modules, dense.isEmpty());
    return new TextVectors(output, pooling, model.engine().padsLeft(), dense);
  }

  private static List<DenseLayer> layers(List<DenseModule> modules, List<DenseWeights> weights) {
    return IntStream.range(0, modules.size())
        .mapToObj(i -> DenseLayer.of(modules.get(i), weights.get(i)))
        .toList();
  }

  private static boolean isInGraph(TensorSpec output, List<DenseModule> modules) {
    if (output.rank() == 3 || modules.isEmpty()) {
      return false;
    }
    long size = output.shape().get(1);
    long in = modules.get(0).inputs();
    long out = modules.get(modules.size() - 1).outputs();
    return size != in || in == out;
  }

  /**
   * Makes sure that the vectors have so many components.
   *
   * @throws ModelException if they have fewer
   */
  void requireSize(LoadedModel model, int components) {
    TokenBatch probe = model.engine().rounding().batch(model.probeText());
    int size = model.engine().run(probe, outputs -> read(probe, 0, outputs).length);
    if (size < components) {
      throw new ModelException(
          "The vectors of model '"
              + model.model().name()
              + "' have "
              + size
              + " components, but "
              + components
              + " are asked for. Ask for fewer.");
    }
  }

  /**
   * The vector of a row, new and of the length that the model gives it.
   *
   * @throws io.flinkinference.result.UnscorableException if it is no vector of numbers
   */
  float[] read(TokenBatch batch, int row, Outputs outputs) {
    FloatTensor tensor = outputs.get(output);
    float[] vector = rank == 2 ? pooled(batch, row, tensor) : pool(batch, row, tensor);
    for (DenseLayer layer : dense) {
      vector = layer.apply(vector);
    }
    Rows.requireNumbers(output, vector);
    return vector;
  }

  /** The same of length 1, so that the product with another is their cosine. */
  float[] readUnit(TokenBatch batch, int row, Outputs outputs) {
    float[] vector = read(batch, row, outputs);
    scaleToUnitLength(vector);
    return vector;
  }

  private float[] pooled(TokenBatch batch, int row, FloatTensor tensor) {
    Rows.requireShape(output, tensor, batch.rows());
    int size = tensor.shape()[1];
    return TokenPooling.token(tensor.data(), row * size, size);
  }

  private float[] pool(TokenBatch batch, int row, FloatTensor tensor) {
    Rows.requireShape(output, tensor, batch.rows(), batch.width());
    int size = tensor.shape()[2];
    int tokens = batch.row(row).length();
    int first = row * batch.width() + (padsLeft ? batch.width() - tokens : 0);
    return TokenPooling.pool(pooling, tensor.data(), first * size, tokens, size);
  }

  /** Divides a vector by its Euclidean length; the zero vector stays as it is. */
  static void scaleToUnitLength(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double length = Math.max(Math.sqrt(squares), LEAST_LENGTH);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
  }
}
