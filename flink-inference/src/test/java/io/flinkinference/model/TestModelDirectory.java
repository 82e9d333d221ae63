package io.flinkinference.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small model directory that is in order; tests break one part of it. */
final class TestModelDirectory {

  static final String CONFIG =
      """
      {"architectures": ["BertModel"], "model_type": "bert", "max_position_embeddings": 512,
       "vocab_size": 100, "pad_token_id": 0}
      """;

  private static final String TOKENIZER =
      """
      {"version": "1.0", "padding": null, "truncation": {"max_length": 128},
       "added_tokens": [{"id": 0, "content": "[PAD]", "special": true},
                        {"id": 3, "content": "[MASK]", "special": true}],
       "normalizer": {"type": "BertNormalizer"},
       "model": {"type": "WordPiece", "unk_token": "[UNK]",
                 "vocab": {"[PAD]": 0, "[UNK]": 1, "word": 99, "[MASK]": 3}}}
      """;

  final Path path;

  private TestModelDirectory(Path path) {
    this.path = path;
  }

  static TestModelDirectory in(Path parent) throws IOException {
    TestModelDirectory directory = new TestModelDirectory(parent.resolve("my-model"));
    return directory
        .with("model.onnx", OnnxBytes.modelOf("MatMul"))
        .with("config.json", CONFIG)
        .with("tokenizer.json", TOKENIZER);
  }

  TestModelDirectory with(String name, String content) throws IOException {
    Files.createDirectories(path.resolve(name).getParent());
    Files.writeString(path.resolve(name), content);
    return this;
  }

  TestModelDirectory with(String name, byte[] content) throws IOException {
    Files.createDirectories(path.resolve(name).getParent());
    Files.write(path.resolve(name), content);
    return this;
  }

  TestModelDirectory without(String name) throws IOException {
    Files.delete(path.resolve(name));
    return this;
  }

  /** Replaces a part of config.json. */
  TestModelDirectory configured(String from, String to) throws IOException {
    String config = Files.readString(path.resolve("config.json"));
    if (!config.contains(from)) {
      throw new IllegalArgumentException("config.json has no " + from);
    }
    return with("config.json", config.replace(from, to));
  }

  /** Adds members to config.json. */
  TestModelDirectory configuredWith(String members) throws IOException {
    return configured("\"vocab_size\"", members + ", \"vocab_size\"");
  }

  Model read() {
    return ModelDirectoryReader.read(path);
  }
}
