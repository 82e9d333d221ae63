package io.flinkinference.tools.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.InferenceOptions;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.result.Embedding;
import io.flinkinference.tools.graph.Families;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

/** What fusing at the start needs on the class path. */
class FusionClassPathTest {

  @Test
  void modelWhoseTokenizerIsInJavaNeedsNoNativeOne() throws Exception {
    assertThat(scoreWithout("djl")).isEqualTo("1");
  }

  @Test
  void missingLibrariesAreNamed() {
    assertThatThrownBy(() -> scoreWithout("tribuo-util-onnx"))
        .hasStackTraceContaining("tribuo-util-onnx and protobuf-java is not where");
  }

  private static String scoreWithout(String jars) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains(jars)) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Callable<?> scoring =
          (Callable<?>)
              loader
                  .loadClass(Scoring.class.getName())
                  .getConstructor(String.class)
                  .newInstance(Families.of("bert", "embedding").toString());
      return (String) scoring.call();
    }
  }

  /** Opens a model that is fused, and counts the results of a text. */
  public static final class Scoring implements Callable<String> {

    private final String directory;

    public Scoring(String directory) {
      this.directory = directory;
    }

    @Override
    public String call() throws Exception {
      Configuration options = new Configuration();
      options.set(InferenceOptions.WARM_UP, false);
      options.set(InferenceOptions.MODEL_FUSE, true);
      List<Embedding> results = new ArrayList<>();
      try (TextScorer<Embedding> scorer = TextScorer.open(directory, Tasks.embedding(), options)) {
        scorer.score(
            List.of("Where is the report?").iterator(),
            text -> text,
            outcome -> results.add(outcome.result()));
      }
      return String.valueOf(results.size());
    }
  }
}
