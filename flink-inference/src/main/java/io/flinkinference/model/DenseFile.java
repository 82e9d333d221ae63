package io.flinkinference.model;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the settings of a dense layer of sentence-transformers. */
final class DenseFile {

  private static final String WEIGHTS = "model.safetensors";
  private static final String PICKLE = "pytorch_model.bin";
  private static final String ACTIVATION = "activation_function";
  private static final String SENTENCE = "sentence_embedding";

  private DenseFile() {}

  /**
   * Reads a layer and checks its weights' shapes.
   *
   * @param directory of the module, such as 2_Dense
   */
  static DenseModule read(Path directory) {
    JsonFile json =
        JsonFile.require(
            directory.resolve("config.json"),
            "modules.json lists a dense module: copy its directory too.");
    for (String key : new String[] {"module_input_name", "module_output_name"}) {
      if (!json.text(key, SENTENCE).equals(SENTENCE)) {
        throw json.error(key, "is not " + SENTENCE, "Only layers of text vectors are supported.");
      }
    }
    DenseModule module =
        new DenseModule(
            weights(directory),
            size(json, "in_features"),
            size(json, "out_features"),
            !json.has("bias") || json.get("bias").asBoolean(true),
            activation(json));
    DenseWeights.check(module);
    return module;
  }

  private static Path weights(Path directory) {
    Path file = directory.resolve(WEIGHTS);
    if (Files.isRegularFile(file)) {
      return file;
    }
    String found =
        Files.isRegularFile(directory.resolve(PICKLE))
            ? PICKLE + " is there, but it is a pickle, which is code and is not read"
            : "a dense layer has its weights there";
    throw new ModelException(
        "There is no file "
            + file
            + "; "
            + found
            + ". SentenceTransformer(DIRECTORY).save(OTHER, safe_serialization=True) writes it.");
  }

  private static int size(JsonFile json, String key) {
    long size = json.integer(key);
    if (size < 1 || size > 1 << 20) {
      throw json.error(key, "is " + size + ", which is no size of a vector");
    }
    return (int) size;
  }

  private static Activation activation(JsonFile json) {
    String name = json.text(ACTIVATION, "torch.nn.modules.activation.Tanh");
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "Identity" -> Activation.IDENTITY;
      case "Tanh" -> Activation.TANH;
      default ->
          throw json.error(
              ACTIVATION, "is \"" + name + "\"", "The functions Identity and Tanh are supported.");
    };
  }
}
