package io.flinkinference.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.examples.demo.Demo;
import io.flinkinference.examples.demo.DemoOptions;
import io.flinkinference.examples.figures.Summary;
import io.flinkinference.examples.figures.SummaryJson;
import io.flinkinference.examples.screen.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo: a real broker, a real cluster, a real model. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class DemoITCase {

  private static final String MODEL = "all-minilm-l6-v2";

  @TempDir Path directory;

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  @Test
  void everySentenceComesBackExactlyOnce() throws Exception {
    Path json = directory.resolve("summary.json");
    Summary summary = run(new DemoOptions(OptionalInt.of(300), null, MODEL, null, 2, true, false));
    SummaryJson.write(summary, json);

    JsonNode read = new ObjectMapper().readTree(json.toFile());
    assertThat(read.get("produced").asInt()).isEqualTo(300);
    assertThat(read.get("scored").asInt()).isEqualTo(300);
    assertThat(read.get("missing").asInt()).isZero();
    assertThat(read.get("duplicates").asInt()).isZero();
    assertThat(read.get("deadLettered").asInt()).isZero();
    assertThat(read.get("recordsPerSecond").asDouble()).isPositive();
    assertThat(read.at("/latencyMillis/p99").asDouble())
        .isGreaterThanOrEqualTo(read.at("/latencyMillis/p50").asDouble());
    assertThat(read.at("/batch/meanRows").asDouble()).isGreaterThanOrEqualTo(1);
    assertThat(read.at("/batch/paddingRatio").asDouble()).isBetween(1.0, 2.0);
    assertThat(read.at("/model/name").asText()).isEqualTo(MODEL);
    assertThat(read.at("/model/sha256").asText()).matches("[0-9a-f]{64}");
    assertThat(read.at("/model/precision").asText()).isEqualTo("fp32");
    assertThat(read.at("/model/device").asText()).isEqualTo("cpu");
    assertThat(screen.toString(UTF_8))
        .contains("Kafka    127.0.0.1:")
        .contains("Web UI   http://127.0.0.1:")
        .contains("300 sentences from debates of the European Parliament")
        .contains("Some of the texts")
        .contains("Every record that was sent came back exactly once.")
        .contains("Try next");
  }

  @Test
  void rubbishBecomesDeadLettersAndIsNamed() throws Exception {
    Path input = directory.resolve("texts.txt");
    Files.write(
        input,
        "A good text.\n\u00ff\u00fe\u00fd\n\n   \nAnother one.\nA third.".getBytes(ISO_8859_1));
    Path labels = directory.resolve("labels.yaml");
    Files.writeString(labels, "labels: {weather: rain and sun, sport: football matches}");
    Summary summary =
        run(new DemoOptions(OptionalInt.empty(), input, MODEL, labels, 1, false, false));
    assertThat(summary.produced()).isEqualTo(6);
    assertThat(summary.scored()).isEqualTo(3);
    assertThat(summary.deadLettered()).isEqualTo(3);
    assertThat(summary.reasons()).isEqualTo(Map.of("UNDECODABLE", 1, "BLANK_TEXT", 2));
    assertThat(summary.exactlyOnce()).isTrue();
  }

  private Summary run(DemoOptions options) throws Exception {
    Path work = Files.createDirectory(directory.resolve("work"));
    Terminal terminal = new Terminal(new PrintStream(screen, true, UTF_8), false, false, 100);
    AtomicReference<Summary> summary = new AtomicReference<>();
    new Demo(options, terminal, work, directory.resolve("demo.log")).run(summary::set);
    return summary.get();
  }
}
