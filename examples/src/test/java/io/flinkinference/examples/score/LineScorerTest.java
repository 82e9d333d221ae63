package io.flinkinference.examples.score;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.InferenceOptions;
import io.flinkinference.InferenceTask;
import io.flinkinference.Tasks;
import io.flinkinference.TextOutcome;
import io.flinkinference.TextScorer;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.task.BlankText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a real model: the way of a line is the whole point. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class LineScorerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static TextScorer<Embedding> embedder;
  private static TextScorer<Classification> classifier;

  @BeforeAll
  static void load() {
    Configuration options = blank(BlankText.SCORE);
    InferenceTask<Classification> topics =
        Tasks.zeroShot(
            Map.of("weather", "rain, sun and storms", "sport", "football matches"), 0.05);
    embedder = TextScorer.open("all-minilm-l6-v2", Tasks.embedding(), options);
    classifier = TextScorer.open("all-minilm-l6-v2", topics, options);
  }

  @AfterAll
  static void close() {
    embedder.close();
    classifier.close();
  }

  @Test
  void embeddingsComeBackBitForBitInTheOrderOfTheLines() throws IOException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      texts.add("text number " + i + " with words".repeat(i % 7));
    }
    List<Embedding> expected = new ArrayList<>();
    embedder.score(
        texts.iterator(),
        text -> text,
        (TextOutcome<String, Embedding> outcome) -> expected.add(outcome.result()));
    List<JsonNode> lines = embed(String.join("\n", texts).getBytes(UTF_8), 0);
    assertThat(lines).hasSameSizeAs(texts);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i).fieldNames()).toIterable().containsExactly("embedding");
      assertThat(floats(lines.get(i).get("embedding"))).isEqualTo(expected.get(i).values());
    }
  }

  @Test
  void labelsAreRankedAndTheBestOneStandsAlone() throws IOException {
    List<JsonNode> lines =
        score(classifier, ResultJson.classification(), "It rained all day.\n".getBytes(UTF_8), 0);
    JsonNode line = lines.get(0);
    assertThat(line.fieldNames()).toIterable().containsExactly("label", "score", "scores");
    assertThat(line.get("label").asText()).isEqualTo("weather");
    assertThat(line.get("scores").fieldNames()).toIterable().containsExactly("weather", "sport");
    assertThat(line.get("score")).isEqualTo(line.at("/scores/weather"));
  }

  @Test
  void lineThatIsNoTextIsNamedAndTheOthersAreScored() throws IOException {
    List<JsonNode> lines = embed("good\n\u00ff\u00fe\n\ngood\n".getBytes(ISO_8859_1), 1);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1).get("line").asInt()).isEqualTo(2);
    assertThat(lines.get(1).at("/error/reason").asText()).isEqualTo("UNDECODABLE");
    assertThat(lines.get(1).at("/error/message").asText()).isNotBlank();
    assertThat(lines.get(2).get("embedding")).hasSize(384);
    assertThat(lines.get(3)).isEqualTo(lines.get(0));
  }

  @Test
  void blankLinesAreWhatTheOptionsSay() throws IOException {
    byte[] lines = "good\n\ngood\n".getBytes(UTF_8);
    InferenceTask<Classification> topic = Tasks.zeroShot(Map.of("sport", "football"), 0.05);
    try (var empty = TextScorer.open("all-minilm-l6-v2", topic, blank(BlankText.EMPTY_RESULT));
        var skip = TextScorer.open("all-minilm-l6-v2", topic, blank(BlankText.SKIP))) {
      JsonNode nothing = score(empty, ResultJson.classification(), lines, 0).get(1);
      assertThat(nothing.get("label").isNull()).isTrue();
      assertThat(nothing.get("score").isNull()).isTrue();
      assertThat(nothing.get("scores")).isEmpty();
      assertThat(score(skip, ResultJson.classification(), lines, 0)).hasSize(2);
    }
  }

  private static Configuration blank(BlankText blank) {
    Configuration options = new Configuration();
    options.set(InferenceOptions.BLANK_TEXT, blank);
    return options;
  }

  @Test
  void pairsAndFieldsAreReadAndBadLinesNamed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] in = "{\"a\": \"good\", \"b\": \"more\"}\n{\"a\": \"good\"}\n".getBytes(UTF_8);
    long failed =
        new LineScorer<>(embedder, ResultJson.embedding(), LineForm.json("/a", "/b"))
            .score(new ByteArrayInputStream(in), out);
    assertThat(failed).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("\"line\":2").contains("NULL_TEXT");
  }

  @Test
  void noLinesMakeNoOutput() throws IOException {
    assertThat(embed(new byte[0], 0)).isEmpty();
  }

  @Test
  void resultIsThereBeforeTheNextLineIsTyped() throws Exception {
    try (PipedInputStream in = new PipedInputStream();
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream screen = new PipedInputStream(out, 1 << 16)) {
      Thread scoring = new Thread(() -> scoreQuietly(in, out));
      try (PipedOutputStream keyboard = new PipedOutputStream(in)) {
        scoring.start();
        keyboard.write("one line\n".getBytes(UTF_8));
        keyboard.flush();
        // Blocks for ever, and fails by the time limit, where nothing is written yet.
        assertThat(screen.read()).isEqualTo('{');
      }
      scoring.join();
    }
  }

  @Test
  void whatWasScoredBeforeAFailureIsWrittenInWholeLines() throws IOException {
    byte[] lines = "a line\n".repeat(2_000).getBytes(UTF_8);
    InputStream failing =
        new FilterInputStream(new ByteArrayInputStream(lines)) {
          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            int count = super.read(bytes, from, length);
            if (count < 0) {
              throw new IOException("The disk is gone.");
            }
            return count;
          }
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineScorer<Embedding> scorer =
        new LineScorer<>(embedder, ResultJson.embedding(), LineForm.TEXT);
    assertThatThrownBy(() -> scorer.score(failing, out)).hasMessage("The disk is gone.");
    assertThat(out.toString(UTF_8)).isNotEmpty().endsWith("\n");
  }

  @Test
  void outputThatIsClosedEndsTheRun() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    InputStream in = new ByteArrayInputStream("a\nb\n".repeat(500).getBytes(UTF_8));
    LineScorer<Embedding> scorer =
        new LineScorer<>(embedder, ResultJson.embedding(), LineForm.TEXT);
    assertThatThrownBy(() -> scorer.score(in, closed)).hasMessage("Broken pipe");
  }

  private static void scoreQuietly(InputStream in, OutputStream out) {
    try {
      new LineScorer<>(embedder, ResultJson.embedding(), LineForm.TEXT).score(in, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<JsonNode> embed(byte[] input, int failures) throws IOException {
    return score(embedder, ResultJson.embedding(), input, failures);
  }

  private static <R> List<JsonNode> score(
      TextScorer<R> scorer, ResultJson<R> json, byte[] input, int failures) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long failed =
        new LineScorer<>(scorer, json, LineForm.TEXT).score(new ByteArrayInputStream(input), out);
    assertThat(failed).isEqualTo(failures);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString(UTF_8).lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(array.get(i).asText());
    }
    return values;
  }
}
