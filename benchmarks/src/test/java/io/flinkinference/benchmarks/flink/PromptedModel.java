package io.flinkinference.benchmarks.flink;

import io.flinkinference.model.ModelRepositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A bundled model whose directory has a default prompt. */
public final class PromptedModel {

  private PromptedModel() {}

  /** Writes it into a directory that is there, and gives its id. */
  public static String write(Path directory) throws IOException {
    Path bundled =
        ModelRepositories.standard().resolve("all-minilm-l6-v2-q").tokenizerFile().getParent();
    List<Path> files;
    try (Stream<Path> found = Files.walk(bundled)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = directory.resolve(bundled.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    Files.writeString(
        directory.resolve("config_sentence_transformers.json"),
        """
        {"prompts": {"query": "Find what answers this: "}, "default_prompt_name": "query"}
        """);
    return directory.toString();
  }
}
