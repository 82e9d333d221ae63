package io.flinkinference.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.model.CacheDirectory;
import io.flinkinference.text.TextInput;
import java.io.File;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs on one TaskManager, each with the tokenizers in its own jar. */
class SecondClassLoaderTest {

  @Test
  void eachClassLoaderOfTheJvmCanEncode(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("tokenizer.json");
    try (InputStream in = getClass().getResourceAsStream("/bge-small-en-v1.5-tokenizer.json")) {
      Files.copy(in, file);
    }
    int expected;
    try (Tokenizer tokenizer = DjlTokenizer.open(file, 64, 1000)) {
      expected = tokenizer.encode(TextInput.of("hello world")).length();
    }
    for (int i = 0; i < 2; i++) {
      try (URLClassLoader loader =
          new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
        assertThat(encodedLength(loader, file)).isEqualTo(expected);
      }
    }
  }

  @Test
  void settingsOfDjlAreTakenBackAndNoCopyIsLeft(@TempDir Path cache, @TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("tokenizer.json");
    try (InputStream in = getClass().getResourceAsStream("/bge-small-en-v1.5-tokenizer.json")) {
      Files.copy(in, file);
    }
    String before = System.getProperty(CacheDirectory.PROPERTY);
    System.setProperty(CacheDirectory.PROPERTY, cache.toString());
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      encodedLength(loader, file);
    } finally {
      restore(before);
    }
    assertThat(System.getProperty("ENGINE_CACHE_DIR")).isNull();
    assertThat(System.getProperty("RUST_FLAVOR")).isNull();
    // Windows does not delete a library that is loaded.
    if (!System.getProperty("os.name").startsWith("Windows")) {
      try (Stream<Path> left = Files.list(cache.resolve("native"))) {
        assertThat(left).isEmpty();
      }
    }
  }

  private static void restore(String before) {
    if (before == null) {
      System.clearProperty(CacheDirectory.PROPERTY);
    } else {
      System.setProperty(CacheDirectory.PROPERTY, before);
    }
  }

  private static int encodedLength(ClassLoader loader, Path file) throws Exception {
    Class<?> type = loader.loadClass(DjlTokenizer.class.getName());
    assertThat(type).isNotSameAs(DjlTokenizer.class);
    Object input =
        loader
            .loadClass(TextInput.class.getName())
            .getMethod("of", String.class)
            .invoke(null, "hello world");
    try (AutoCloseable tokenizer =
        (AutoCloseable)
            type.getMethod("open", Path.class, int.class, int.class).invoke(null, file, 64, 1000)) {
      Object encoding = type.getMethod("encode", input.getClass()).invoke(tokenizer, input);
      return (int) encoding.getClass().getMethod("length").invoke(encoding);
    }
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
