package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.result.Embedding;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class path without the jars of the tokenizers library. */
class WithoutNativeTokenizersTest {

  private static final Path ALL = Path.of("src/test/resources/reference/families");

  @ParameterizedTest
  @ValueSource(strings = {"bert", "distilbert", "electra", "mpnet", "roberta", "modernbert"})
  void modelsOfWordPieceAndOfByteLevelBpeAreScored(String family) throws Exception {
    assertThat(score(family)).isEqualTo(new Scoring(directory(family)).call()).startsWith("[");
  }

  @Test
  void otherModelNamesTheMissingJars() {
    assertThatThrownBy(() -> score("xlm-roberta"))
        .hasStackTraceContaining("ai.djl.huggingface.tokenizers.jni.TokenizersLibrary is not on")
        .hasStackTraceContaining("Put ai.djl.huggingface:tokenizers");
  }

  private static String score(String family) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass(Scoring.class.getName());
      assertThat(type).isNotSameAs(Scoring.class);
      Callable<?> scoring =
          (Callable<?>) type.getConstructor(String.class).newInstance(directory(family));
      return (String) scoring.call();
    }
  }

  private static String directory(String family) {
    return ALL.resolve(family).resolve("embedding").toString();
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("djl")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }

  /** Opens a model, and scores a text. */
  public static final class Scoring implements Callable<String> {

    private final String directory;

    public Scoring(String directory) {
      this.directory = directory;
    }

    @Override
    public String call() throws Exception {
      Configuration options = new Configuration();
      options.set(InferenceOptions.WARM_UP, false);
      List<String> results = new ArrayList<>();
      try (TextScorer<Embedding> scorer = TextScorer.open(directory, Tasks.embedding(), options)) {
        scorer.score(
            List.of("Where is the report?").iterator(),
            text -> text,
            outcome -> results.add(Arrays.toString(outcome.result().values())));
      }
      return results.get(0);
    }
  }
}
