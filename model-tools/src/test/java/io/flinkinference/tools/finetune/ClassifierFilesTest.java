package io.flinkinference.tools.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.session.ModelGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ClassifierFilesTest {

  @TempDir private Path directory;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "It has no such rights.")
  void directoryKeepsTheRightsThatTheUserGivesToNewOnes() throws IOException {
    Set<PosixFilePermission> own = PosixFilePermissions.fromString("rwx------");
    Files.setPosixFilePermissions(directory, own);
    Model encoder =
        ModelRepositories.standard().resolve(Families.of("bert", "embedding").toString());
    ClassifierFiles.write(encoder, ModelGraph.read(encoder), List.of("a", "b"), false, directory);
    assertThat(directory.resolve("model.onnx")).exists();
    assertThat(Files.getPosixFilePermissions(directory)).isEqualTo(own);
  }

  @Test
  void promptsThatNoTextWasLearnedWithAreLeftOut() throws IOException {
    assertThat(promptsWithDefault("\"passage\"")).containsExactly(entry("passage", "passage: "));
    assertThat(promptsWithDefault("null")).isEmpty();
  }

  private Map<String, String> promptsWithDefault(String name) throws IOException {
    Path source = Files.createDirectory(directory.resolve("encoder of " + name.length()));
    Path out = Files.createDirectory(directory.resolve("classifier of " + name.length()));
    for (String file : List.of("model.onnx", "config.json", "tokenizer.json")) {
      Files.copy(Families.of("bert", "embedding").resolve(file), source.resolve(file));
    }
    Files.writeString(
        source.resolve("config_sentence_transformers.json"),
        """
        {"prompts": {"query": "query: ", "passage": "passage: "}, "default_prompt_name": %s}
        """
            .formatted(name));
    Model encoder = ModelRepositories.standard().resolve(source.toString());
    ClassifierFiles.write(encoder, ModelGraph.read(encoder), List.of("a", "b"), false, out);
    return ModelRepositories.standard().resolve(out.toString()).config().prompts().texts();
  }
}
