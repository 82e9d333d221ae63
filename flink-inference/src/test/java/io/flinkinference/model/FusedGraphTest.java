package io.flinkinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FusedGraphTest {

  private static final Model MODEL = ModelRepositories.standard().resolve("all-minilm-l6-v2");

  @TempDir Path cache;

  @BeforeEach
  void ownCache() {
    System.setProperty(CacheDirectory.PROPERTY, cache.toString());
  }

  @AfterEach
  void usualCache() {
    System.clearProperty(CacheDirectory.PROPERTY);
  }

  @Test
  void whateverFailsNoFileIsLeft() throws IOException {
    assertFails(new ModelException("not equal"), "not equal");
    assertFails(new IOException("No space left on device"), "No space left on device. It takes");
    assertFails(new NoClassDefFoundError("ai/onnx/proto/OnnxMl"), "Put these three jars beside it");
    assertThat(cache.resolve("graphs")).isEmptyDirectory();
  }

  @Test
  void heapThatIsTooSmallIsToldBeforehand() {
    assertThatThrownBy(() -> FusedGraph.requireHeap(MODEL, 100L << 20))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("heap of 2 times its 86 MB, but this JVM has at most 100 MB");
    FusedGraph.requireHeap(MODEL, 200L << 20);
  }

  @Test
  void cacheThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(cache.resolve("file"));
    System.setProperty(CacheDirectory.PROPERTY, file.toString());
    assertThatThrownBy(() -> FusedGraph.of(MODEL, List.of(), (model, samples, to) -> {}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("The fused graph of all-minilm-l6-v2 cannot be written")
        .hasMessageContaining("cache directory " + file.resolve("graphs"))
        .hasMessageContaining("FileAlreadyExistsException: " + file);
  }

  @Test
  void whatKilledProcessesLeftIsTakenAway() throws IOException {
    Path graphs = Files.createDirectories(cache.resolve("graphs"));
    Path old = Files.createFile(graphs.resolve("graph1.onnx"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Path fresh = Files.createFile(graphs.resolve("graph2.onnx"));
    try (TemporaryGraph graph = TemporaryGraph.create()) {
      assertThat(old).doesNotExist();
      assertThat(fresh).exists();
      assertThat(graph.file()).exists();
    }
    assertThat(graphs).isDirectoryContaining(fresh::equals);
  }

  private static void assertFails(Throwable thrown, String message) {
    GraphRewriter failing =
        (model, samples, file) -> {
          if (thrown instanceof IOException e) {
            throw e;
          }
          if (thrown instanceof Error e) {
            throw e;
          }
          throw (RuntimeException) thrown;
        };
    assertThatThrownBy(() -> FusedGraph.of(MODEL, List.of(), failing))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(message);
  }
}
