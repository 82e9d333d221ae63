package io.flinkinference.benchmarks.peers.model;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.OnnxEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.IOException;
import java.util.List;

/**
 * langchain4j's embedding model in the process, as its page <a
 * href="https://docs.langchain4j.dev/integrations/embedding-models/in-process">In-process
 * (ONNX)</a> shows: {@code OnnxEmbeddingModel} with its default executor of a thread a core, and
 * {@code embedAll}.
 *
 * <p>It has no way to free a model, and the ones that it ships keep theirs for the life of the JVM.
 * So does this: subtasks and runs share one.
 */
public final class LangChainModel implements Embedder {

  /** Longer texts are cut in parts, which are pooled one by one and averaged. */
  private static final int MOST_TOKENS = 512;

  /** Guarded by the class. */
  private static LangChainModel open;

  private final ModelSettings settings;
  private final OnnxEmbeddingModel model;

  private LangChainModel(ModelSettings settings) throws IOException {
    this.settings = settings;
    PoolingMode pooling =
        switch (settings.pooling()) {
          case CLS -> PoolingMode.CLS;
          case MEAN -> PoolingMode.MEAN;
          default ->
              throw new IllegalArgumentException(
                  "LangChain4j pools by cls or mean, not " + settings.pooling() + ".");
        };
    if (!settings.normalized()) {
      throw new IllegalArgumentException(
          "LangChain4j scales all vectors to length 1, and those of this model are not.");
    }
    if (settings.maxTokens() > MOST_TOKENS) {
      throw new IllegalArgumentException(
          ("LangChain4j runs %d tokens at once and averages the parts of longer texts; this model"
                  + " takes %,d.")
              .formatted(MOST_TOKENS, settings.maxTokens()));
    }
    // It cuts texts where the tokenizer's file says, not where the model's directory does.
    model = new OnnxEmbeddingModel(settings.graph(), Tokenizers.fileWithLimit(settings), pooling);
  }

  /** The model of this JVM. */
  public static synchronized LangChainModel open(ModelSettings settings) throws IOException {
    if (open == null || !open.settings.equals(settings)) {
      open = new LangChainModel(settings);
    }
    return open;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    return model.embedAll(texts.stream().map(TextSegment::from).toList()).content().stream()
        .map(Embedding::vector)
        .toList();
  }

  @Override
  public void close() {
    // Stays for the life of the JVM; see above.
  }
}
