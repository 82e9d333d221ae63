package io.flinkinference.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the file in which sentence-transformers keeps how its transformer reads a text. The name
 * was that of the family once; the first that is there counts, as in its {@code Transformer.load}.
 */
final class SentenceFile {

  private static final String USUAL_NAME = "sentence_bert_config.json";

  private static final List<String> NAMES =
      List.of(
          USUAL_NAME,
          "sentence_roberta_config.json",
          "sentence_distilbert_config.json",
          "sentence_camembert_config.json",
          "sentence_albert_config.json",
          "sentence_xlm-roberta_config.json",
          "sentence_xlnet_config.json");

  private SentenceFile() {}

  /** Reads the file of a directory, or gives an empty object where there is none. */
  static JsonFile read(Path directory) {
    String name =
        NAMES.stream()
            .filter(each -> Files.isRegularFile(directory.resolve(each)))
            .findFirst()
            .orElse(USUAL_NAME);
    return JsonFile.orEmpty(directory.resolve(name));
  }
}
