package io.flinkinference.benchmarks.peers.model;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * ONNX Runtime and the Hugging Face tokenizers, used as their documentation shows: <a
 * href="https://onnxruntime.ai/docs/get-started/with-java.html">Get Started with ORT for Java</a>
 * and the <a
 * href="https://github.com/deepjavalibrary/djl/blob/master/extensions/tokenizers/README.md">page of
 * DJL's tokenizers</a>. The output is read with {@code getFloatBuffer}: {@code getValue}, which
 * most examples have, takes many times as long.
 *
 * <p><b>Thread safety:</b> any number of threads may embed at once.
 */
public final class PlainModel implements Embedder {

  /** Leaves the threads of a run to ONNX Runtime, which takes one a core. */
  public static final int DEFAULT_THREADS = 0;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final ModelSettings model;
  private final HuggingFaceTokenizer tokenizer;
  private final OrtSession session;

  private PlainModel(ModelSettings model, int intraOpThreads) throws OrtException, IOException {
    this.model = model;
    this.tokenizer = Tokenizers.open(model);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      if (intraOpThreads != DEFAULT_THREADS) {
        options.setIntraOpNumThreads(intraOpThreads);
      }
      this.session = environment.createSession(model.onnxFile(), options);
    }
  }

  /**
   * Loads the model.
   *
   * @param intraOpThreads threads that work on one run, or {@link #DEFAULT_THREADS}
   */
  public static PlainModel open(ModelSettings model, int intraOpThreads)
      throws OrtException, IOException {
    return new PlainModel(model, intraOpThreads);
  }

  @Override
  public List<float[]> embed(List<String> texts) throws OrtException {
    Encoding[] rows =
        texts.size() == 1
            ? new Encoding[] {tokenizer.encode(texts.get(0))}
            : tokenizer.batchEncode(texts);
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (GraphInput input : model.inputs()) {
        inputs.put(input.name(), tensor(input, rows));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return vectors((OnnxTensor) result.get(0), rows);
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private long[] values(String input, Encoding row) {
    return switch (input) {
      case "input_ids" -> row.getIds();
      case "attention_mask" -> row.getAttentionMask();
      case "token_type_ids" -> row.getTypeIds();
      case "position_ids" -> positions(row.getIds().length);
      default ->
          throw new IllegalArgumentException(
              "The model has an input " + input + ", which texts have no values for.");
    };
  }

  /** Padding, which comes last, has some too: the mask leaves it out. */
  private long[] positions(int width) {
    int first = model.firstPosition();
    return IntStream.range(first, first + width).asLongStream().toArray();
  }

  private OnnxTensor tensor(GraphInput input, Encoding[] rows) throws OrtException {
    int width = rows[0].getIds().length;
    LongBuffer buffer = LongBuffer.allocate(rows.length * width);
    for (Encoding row : rows) {
      buffer.put(values(input.name(), row));
    }
    long[] shape = {rows.length, width};
    if (input.narrow()) {
      int[] narrow = Arrays.stream(buffer.array()).mapToInt(value -> (int) value).toArray();
      return OnnxTensor.createTensor(environment, IntBuffer.wrap(narrow), shape);
    }
    return OnnxTensor.createTensor(environment, buffer.rewind(), shape);
  }

  private List<float[]> vectors(OnnxTensor output, Encoding[] rows) {
    long[] shape = output.getInfo().getShape();
    var values = output.getFloatBuffer();
    List<float[]> vectors = new ArrayList<>(rows.length);
    for (int row = 0; row < rows.length; row++) {
      vectors.add(Pool.row(values, shape, row, length(rows[row]), model));
    }
    return vectors;
  }

  private static int length(Encoding row) {
    int length = 0;
    for (long mask : row.getAttentionMask()) {
      length += (int) mask;
    }
    return length;
  }

  @Override
  public void close() {
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("The session could not be closed.", e);
    }
  }
}
