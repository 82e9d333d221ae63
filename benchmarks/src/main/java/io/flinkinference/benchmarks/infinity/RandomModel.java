package io.flinkinference.benchmarks.infinity;

import io.flinkinference.model.ModelRepositories;
import io.flinkinference.tools.graph.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;

/**
 * A model directory with random weights: it takes the time of a trained model and knows nothing.
 * Closing it deletes the directory.
 *
 * @param directory as Hugging Face lays it out
 * @param parameters how many numbers were not set by the shape alone
 */
record RandomModel(Path directory, long parameters) implements AutoCloseable {

  private static final long SEED = 20_220_113;

  /** Whose tokenizer it is: BERT's, uncased, of 30,522 words. */
  private static final String TOKENIZER_OF = "all-minilm-l6-v2";

  private static final String CONFIG =
      """
      {
        "architectures": ["DistilBertForSequenceClassification"],
        "model_type": "distilbert",
        "n_layers": %d, "dim": %d, "n_heads": %d, "hidden_dim": %d,
        "vocab_size": %d, "max_position_embeddings": %d, "num_labels": %d,
        "pad_token_id": 0
      }
      """;

  /** Writes a model into a new directory below another. */
  static RandomModel write(Shape shape, Path parent) throws IOException {
    Path directory = Files.createTempDirectory(parent, "distilbert-random");
    boolean written = false;
    try {
      DistilBertGraph made = new DistilBertGraph(shape, SEED);
      OnnxWriter.write(made.graph(), directory.resolve("model.onnx"));
      Files.copy(
          ModelRepositories.standard().resolve(TOKENIZER_OF).tokenizerFile(),
          directory.resolve("tokenizer.json"));
      Files.writeString(
          directory.resolve("tokenizer_config.json"),
          "{\"model_max_length\": " + shape.positions() + ", \"pad_token\": \"[PAD]\"}\n");
      Files.writeString(directory.resolve("config.json"), config(shape));
      written = true;
      return new RandomModel(directory, made.parameters());
    } finally {
      if (!written) {
        FileUtils.deleteFileOrDirectory(directory.toFile());
      }
    }
  }

  private static String config(Shape shape) {
    return CONFIG.formatted(
        shape.layers(),
        shape.width(),
        shape.heads(),
        shape.inner(),
        shape.words(),
        shape.positions(),
        shape.labels());
  }

  @Override
  public void close() throws IOException {
    FileUtils.deleteFileOrDirectory(directory.toFile());
  }
}
