package io.flinkinference.tools.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.tools.graph.Families;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that lie in their directory as links to a store. */
final class CompanionFilesTest {

  @TempDir private Path directory;

  private Path to;

  @BeforeEach
  void prepare() throws IOException {
    to = Files.createDirectory(directory.resolve("to"));
  }

  @Test
  void modelBehindALinkIsCopied() throws IOException {
    Path link = link("link", Families.of("bert", "embedding"));
    copy(link, Set.of());
    assertSame(link, List.of("config.json", "tokenizer.json", "1_Pooling/config.json"));
    assertThat(to.resolve("model.onnx")).doesNotExist();
  }

  @Test
  void whatLinksLeadToIsCopied() throws IOException {
    Path model = Files.createDirectory(directory.resolve("model"));
    try (Stream<Path> parts = Files.list(Families.of("bert", "embedding"))) {
      for (Path part : parts.toList()) {
        link("model/" + part.getFileName(), part);
      }
    }
    link("model/.versions", Families.of("bert", "embedding"));
    link("model/latest", model);
    copy(model, Set.of());
    assertSame(model, List.of("config.json", "tokenizer.json", "1_Pooling/config.json"));
    assertThat(Files.isSymbolicLink(to.resolve("config.json"))).isFalse();
    assertThat(to.resolve("model.onnx")).doesNotExist();
    assertThat(to.resolve(".versions")).doesNotExist();
    assertThat(to.resolve("latest")).doesNotExist();
  }

  @Test
  void weightsOfOtherFrameworksStayBehindInAnyNumberOfFiles() throws IOException {
    Path model = Files.createDirectory(directory.resolve("model"));
    for (String file : List.of("config.json", "tokenizer.json", "model.onnx")) {
      Files.copy(Families.of("bert", "embedding").resolve(file), model.resolve(file));
    }
    List<String> others =
        List.of(
            "model.safetensors",
            "model-00001-of-00002.safetensors",
            "model.safetensors.index.json",
            "pytorch_model-00002-of-00002.bin",
            "tf_model.h5");
    for (String other : others) {
      Files.writeString(model.resolve(other), "w");
    }
    Files.writeString(model.resolve("merges.txt"), "a b");
    copy(model, Set.of());
    assertSame(model, List.of("config.json", "tokenizer.json", "merges.txt"));
    assertThat(others).noneMatch(other -> Files.exists(to.resolve(other)));
  }

  @Test
  void weightsBehindALinkStayBehind() throws IOException {
    Path real = Files.createDirectory(directory.resolve("real"));
    for (String file : List.of("config.json", "tokenizer.json", "model.onnx", "model.onnx_data")) {
      Files.copy(
          Families.of("bert", "external-data-single-label").resolve(file), real.resolve(file));
    }
    Files.writeString(real.resolve("weights.bin"), "w");
    Path link = link("link", real);
    copy(link, Set.of(link.resolve("weights.bin")));
    assertSame(link, List.of("config.json", "tokenizer.json"));
    assertThat(to.resolve("weights.bin")).doesNotExist();
    assertThat(to.resolve("model.onnx_data")).doesNotExist();
  }

  private void copy(Path from, Set<Path> weights) throws IOException {
    Model model = ModelRepositories.standard().resolve(from.toString());
    CompanionFiles.copy(model, weights, to);
  }

  private void assertSame(Path from, List<String> files) {
    for (String file : files) {
      assertThat(to.resolve(file)).hasSameBinaryContentAs(from.resolve(file));
    }
  }

  private Path link(String name, Path target) throws IOException {
    Path real = target.toRealPath();
    try {
      return Files.createSymbolicLink(directory.resolve(name), real);
    } catch (UnsupportedOperationException | IOException e) {
      return abort("There are no links here: " + e);
    }
  }
}
