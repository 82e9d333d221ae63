package io.flinkinference.reliability.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;

/**
 * A classifier of a few kilobytes in a model directory: what is tried is everything around it. Its
 * words are the letters; two further words make its graph fail, or make its output NaN. The script
 * beside the graph describes it.
 */
public final class TinyModel {

  /** A text on which a run of the engine fails. */
  static final String FAILS = "13";

  /** A text whose scores are not numbers. */
  static final String GIVES_NAN = "14";

  private static final String GRAPH = "letters.onnx";
  private static final int LETTERS_FROM = 20;
  private static final int FURTHER_LETTERS_FROM = 50;

  private static final String CONFIG =
      """
      {"architectures": ["BertForSequenceClassification"], "model_type": "bert",
       "max_position_embeddings": 64, "vocab_size": 100, "pad_token_id": 0,
       "id2label": {"0": "first", "1": "second", "2": "third"}}
      """;

  private static final String TOKENIZER =
      """
      {"version": "1.0", "truncation": null, "padding": null, "decoder": null,
       "added_tokens": [],
       "normalizer": {"type": "Lowercase"},
       "pre_tokenizer": {"type": "WhitespaceSplit"},
       "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
       "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                 "max_input_chars_per_word": 200, "vocab": {%s}}}
      """;

  private TinyModel() {}

  /** Writes the model's directory. */
  public static Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (InputStream graph = TinyModel.class.getResourceAsStream(GRAPH)) {
      Files.copy(graph, directory.resolve("model.onnx"));
    }
    Files.writeString(directory.resolve("config.json"), CONFIG);
    Files.writeString(directory.resolve("tokenizer.json"), TOKENIZER.formatted(vocabulary()));
    return directory;
  }

  private static String vocabulary() {
    StringJoiner words = new StringJoiner(", ");
    words.add("\"[PAD]\": 0, \"[UNK]\": 1, \"[CLS]\": 2, \"[SEP]\": 3, \"13\": 13, \"14\": 14");
    for (char letter = 'a'; letter <= 'z'; letter++) {
      int number = letter - 'a';
      words.add("\"" + letter + "\": " + (LETTERS_FROM + number));
      words.add("\"##" + letter + "\": " + (FURTHER_LETTERS_FROM + number));
    }
    return words.toString();
  }
}
