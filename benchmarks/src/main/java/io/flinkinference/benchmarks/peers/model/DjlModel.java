package io.flinkinference.benchmarks.peers.model;

import ai.djl.MalformedModelException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.List;

/**
 * DJL with its ONNX Runtime engine: a model from {@code Criteria}, and a predictor for each thread,
 * which is used again, as DJL's page <a
 * href="https://docs.djl.ai/docs/development/inference_performance_optimization.html">Inference
 * Performance Optimization</a> advises.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class DjlModel implements Embedder {

  private final HuggingFaceTokenizer tokenizer;
  private final ZooModel<String, float[]> model;
  private final Predictor<String, float[]> predictor;

  private DjlModel(ModelSettings settings, int intraOpThreads)
      throws IOException, ModelNotFoundException, MalformedModelException {
    tokenizer = Tokenizers.open(settings);
    model =
        Criteria.builder()
            .setTypes(String.class, float[].class)
            .optEngine(DjlRuntime.ENGINE)
            .optModelPath(settings.graph())
            .optOption("intraOpNumThreads", Integer.toString(intraOpThreads))
            .optTranslator(new DjlTranslator(tokenizer, settings))
            .build()
            .loadModel();
    predictor = model.newPredictor();
  }

  /**
   * Loads the model.
   *
   * @param intraOpThreads threads that work on one run
   */
  public static DjlModel open(ModelSettings settings, int intraOpThreads)
      throws IOException, ModelNotFoundException, MalformedModelException {
    return new DjlModel(settings, intraOpThreads);
  }

  @Override
  public List<float[]> embed(List<String> texts) throws TranslateException {
    return predictor.batchPredict(texts);
  }

  @Override
  public void close() {
    predictor.close();
    model.close();
    tokenizer.close();
  }
}
