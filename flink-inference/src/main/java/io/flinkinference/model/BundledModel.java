package io.flinkinference.model;

import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model that a Maven artifact brings along: graph and tokenizer from the artifact, the small
 * files from this package's resources, with the values that the model's authors published.
 *
 * @param name its id
 * @param artifact Maven coordinates without the version
 * @param settings directory of this package's resources with the small files
 */
record BundledModel(String name, String artifact, String settings) {

  private static final String GROUP = "dev.langchain4j:langchain4j-embeddings-";
  private static final String RESOURCES = "io/flinkinference/model/";
  private static final List<String> SETTINGS_FILES =
      List.of(
          "config.json",
          "tokenizer_config.json",
          "modules.json",
          "sentence_bert_config.json",
          "config_sentence_transformers.json",
          "1_Pooling/config.json");

  private static final String MINI_LM = "all-minilm-l6-v2";
  private static final String BGE_SMALL = "bge-small-en-v1.5";
  private static final String BGE_SMALL_ZH = "bge-small-zh-v1.5";
  private static final String E5_SMALL = "e5-small-v2";

  static final List<BundledModel> ALL =
      List.of(
          new BundledModel(MINI_LM, GROUP + "all-minilm-l6-v2", MINI_LM),
          new BundledModel(MINI_LM + "-q", GROUP + "all-minilm-l6-v2-q", MINI_LM),
          new BundledModel(BGE_SMALL, GROUP + "bge-small-en-v15", BGE_SMALL),
          new BundledModel(BGE_SMALL + "-q", GROUP + "bge-small-en-v15-q", BGE_SMALL),
          new BundledModel(BGE_SMALL_ZH, GROUP + "bge-small-zh-v15", BGE_SMALL_ZH),
          new BundledModel(E5_SMALL, GROUP + "e5-small-v2", E5_SMALL),
          new BundledModel(E5_SMALL + "-q", GROUP + "e5-small-v2-q", E5_SMALL));

  static Optional<BundledModel> named(String name) {
    return ALL.stream().filter(model -> model.name.equals(name)).findFirst();
  }

  static List<String> names() {
    return ALL.stream().map(BundledModel::name).toList();
  }

  /**
   * The resources of which the model directory is made, by their paths in it.
   *
   * @throws ModelException if the artifact is not on the class path
   */
  Map<String, URL> resources() {
    Map<String, URL> resources = new LinkedHashMap<>();
    resources.put("model.onnx", require(name + ".onnx"));
    resources.put("tokenizer.json", require(name + "-tokenizer.json"));
    for (String file : SETTINGS_FILES) {
      resources.put(file, require(RESOURCES + settings + "/" + file));
    }
    return resources;
  }

  private URL require(String resource) {
    return Stream.of(
            BundledModel.class.getClassLoader(), Thread.currentThread().getContextClassLoader())
        .filter(loader -> loader != null && loader.getResource(resource) != null)
        .findFirst()
        .map(loader -> loader.getResource(resource))
        .orElseThrow(
            () ->
                new ModelException(
                    "The bundled model "
                        + name
                        + " is not on the class path (no "
                        + resource
                        + "). Add the Maven artifact "
                        + artifact
                        + ", or name a model directory."));
  }
}
