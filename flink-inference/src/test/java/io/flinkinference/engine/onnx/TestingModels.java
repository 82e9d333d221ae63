package io.flinkinference.engine.onnx;

import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Graphs for tests: the tiny ones of this package's README, and real ones from their artifacts. */
public final class TestingModels {

  /** Token ids of the tiny models lie below this. */
  public static final int TINY_VOCABULARY = 100;

  /** Makes a run of tiny-classifier-faulty fail. */
  public static final int ID_THAT_FAILS = 13;

  /** Makes the outputs of its row in tiny-classifier-faulty NaN. */
  public static final int ID_THAT_IS_NAN = 14;

  private TestingModels() {}

  /** File of a tiny model, named without its ending. */
  public static Path tiny(String name) {
    try {
      return Path.of(TestingModels.class.getResource(name + ".onnx").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Unpacks the graph of a model that is a test dependency, such as all-minilm-l6-v2. */
  public static Path unpack(String name, Path directory) throws IOException {
    Path file = directory.resolve(name + ".onnx");
    try (InputStream in = TestingModels.class.getResourceAsStream("/" + name + ".onnx")) {
      Files.copy(in, file);
    }
    return file;
  }

  /** Opens a tiny model on the CPU. */
  public static OnnxEngine openTiny(String name, int concurrency) {
    return OnnxEngine.open(tiny(name), options(TINY_VOCABULARY, concurrency));
  }

  /** Opens a model of BERT's English vocabulary on the CPU. */
  public static OnnxEngine openBert(Path file, int concurrency) {
    return OnnxEngine.open(file, options(30_522, concurrency));
  }

  static EngineOptions options(int vocabulary, int concurrency) {
    return new EngineOptions(Device.CPU, concurrency, 1, vocabulary, 0, Duration.ofMinutes(1));
  }
}
