package io.flinkinference.benchmarks.peers.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.translator.TextEmbeddingTranslator;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * DJL's translator for text embeddings up to the model, with its batches. What comes out of the
 * model is pooled here: DJL does that with operations that its ONNX Runtime engine has only where
 * PyTorch stands beside it, which would be one more engine to wait for.
 */
final class DjlTranslator implements Translator<String, float[]> {

  private static final String TOKEN_TYPES = "token_type_ids";
  private static final List<String> INPUTS = List.of("input_ids", "attention_mask", TOKEN_TYPES);
  private static final String MASK = "mask";

  private final TextEmbeddingTranslator translator;
  private final ModelSettings model;

  DjlTranslator(HuggingFaceTokenizer tokenizer, ModelSettings model) {
    this.translator =
        TextEmbeddingTranslator.builder(tokenizer)
            .optIncludeTokenTypes(model.takes(TOKEN_TYPES))
            .build();
    this.model = model;
  }

  @Override
  public Batchifier getBatchifier() {
    return translator.getBatchifier();
  }

  @Override
  public NDList batchProcessInput(TranslatorContext context, List<String> texts) {
    NDList arrays = translator.batchProcessInput(context, texts);
    // Without names they are matched with the graph's inputs by their order, which models vary.
    for (int i = 0; i < arrays.size(); i++) {
      arrays.get(i).setName(INPUTS.get(i));
    }
    context.setAttachment(MASK, arrays.get(1));
    return arrays;
  }

  @Override
  public List<float[]> batchProcessOutput(TranslatorContext context, NDList outputs) {
    NDArray output = outputs.head();
    FloatBuffer values = FloatBuffer.wrap(output.toFloatArray());
    NDArray masks = (NDArray) context.getAttachment(MASK);
    long[] mask = masks.toLongArray();
    int width = (int) masks.getShape().get(1);
    List<float[]> vectors = new ArrayList<>();
    for (int row = 0; row < output.getShape().get(0); row++) {
      int length = 0;
      while (length < width && mask[row * width + length] == 1) {
        length++;
      }
      vectors.add(Pool.row(values, output.getShape().getShape(), row, length, model));
    }
    return vectors;
  }

  @Override
  public NDList processInput(TranslatorContext context, String text) {
    return batchProcessInput(context, List.of(text));
  }

  @Override
  public float[] processOutput(TranslatorContext context, NDList outputs) {
    return batchProcessOutput(context, outputs).get(0);
  }
}
