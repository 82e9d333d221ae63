package io.flinkinference.examples.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalTopics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs from files, on a real broker with a real model. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LocalRunITCase {

  private static LocalKafka kafka;
  private static LocalTopics topics;

  /** Blanks and percent signs are escaped in URIs. */
  private static final String STATE = "state of 50%";

  /** So that the job still runs when it is stopped, on any machine. */
  private static final String SLOW =
      """
      inference: {engine.concurrency: 1, batch.token-budget: 16, in-flight.max-records: 8}
      """;

  @TempDir Path directory;

  private final StringWriter told = new StringWriter();

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = LocalKafka.start();
    topics = new LocalTopics(kafka.bootstrapServers());
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  private JobSettings job(String name, String more) throws InterruptedException {
    for (String topic : List.of("", "-scored", "-dead")) {
      kafka.createTopic(name + topic, 1);
    }
    return settings(name, more);
  }

  private JobSettings settings(String name, String more) {
    return JobFiles.read(
        """
        name: %1$s
        parallelism: 1
        kafka:
          bootstrap-servers: %2$s
        model: all-minilm-l6-v2
        task:
          type: zero-shot
          labels: {economy: money and trade, nature: animals and plants}
        output: {topic: %1$s-scored, include-text: true}
        dead-letters: {topic: %1$s-dead}
        checkpoints: {interval: 500 ms, directory: "%3$s"}
        delivery: {guarantee: exactly-once}
        """
                .formatted(name, kafka.bootstrapServers(), directory.resolve(STATE))
            + more);
  }

  private void run(JobSettings job) throws Exception {
    Path work = Files.createTempDirectory(directory, "work");
    new LocalRun(job, new PrintWriter(told)).run(work, false);
  }

  private static List<byte[]> texts(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> ("The price of the " + i + " th loaf of bread rises.").getBytes(UTF_8))
        .toList();
  }

  @Test
  void boundedJobScoresWhatIsThereAndEnds() throws Exception {
    JobSettings job = job("bounded", "source: {topics: [bounded], bounded: true}\n");
    List<byte[]> values = new ArrayList<>(texts(0, 30));
    values.addAll(Arrays.asList(null, new byte[] {(byte) 0xFF}));
    topics.write("bounded", values);

    run(job);

    List<ConsumerRecord<byte[], byte[]>> scored = topics.committed("bounded-scored");
    assertThat(scored).hasSize(30);
    ScoredText first = ScoredText.getDecoder().decode(scored.get(0).value());
    assertThat(first.getLabels().get(0).getLabel()).isEqualTo("economy");
    assertThat(first.getText()).startsWith("The price");
    List<String> reasons = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> letter : topics.committed("bounded-dead")) {
      reasons.add(DeadLetter.getDecoder().decode(letter.value()).getReason());
    }
    assertThat(reasons).containsExactlyInAnyOrder("NULL_TEXT", "UNDECODABLE");
    assertThat(told.toString()).contains("It begins anew.").contains("read all there was");

    topics.write("bounded", texts(30, 35));
    run(job);
    assertThat(topics.committed("bounded-scored")).as("each once").hasSize(35);
  }

  @Test
  void jobThatWasEndedGoesOnWhereItWas() throws Exception {
    JobSettings job = job("end.less", "source: {format: json, field: /body, topics: [end.less]}\n");
    topics.write("end.less", json(0, 40));
    interruptAfter(20, job);
    topics.write("end.less", json(40, 60));
    interruptAfter(60, job);

    List<String> found = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : topics.committed("end.less-scored")) {
      found.add(
          Long.toString(ScoredText.getDecoder().decode(record.value()).getOrigin().getOffset()));
    }
    assertThat(found).hasSize(60).doesNotHaveDuplicates();
    assertThat(told.toString()).contains("Its savepoint is").contains("It goes on from");

    String ending = "source: {format: json, field: /body, topics: [end.less], bounded: true}\n";
    assertThatThrownBy(() -> run(settings("end.less", ending)))
        .as("its state has no end")
        .hasMessageContaining("source.bounded");
  }

  private static List<byte[]> json(int from, int to) {
    return texts(from, to).stream()
        .map(text -> ("{\"body\": \"" + new String(text, UTF_8) + "\"}").getBytes(UTF_8))
        .toList();
  }

  @Test
  void jobThatIsStoppedFromOutsideLosesNothing() throws Exception {
    int all = 4_000;
    String source = "source: {topics: [stopped], bounded: true}\n";
    JobSettings job = job("stopped", source + SLOW);
    topics.write("stopped", texts(0, all));
    CompletableFuture<Void> end = new CompletableFuture<>();
    start(job, end);
    assertThat(topics.awaitCommitted("stopped-scored", 1)).isNotEmpty();
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    stopByRest(elsewhere);
    end.get(2, TimeUnit.MINUTES);
    assertThat(told.toString()).contains("Move that folder").doesNotContain("read all");

    try (DirectoryStream<Path> savepoints = Files.newDirectoryStream(elsewhere)) {
      Path savepoint = savepoints.iterator().next();
      Path state = directory.resolve(STATE).resolve("stopped");
      Files.move(savepoint, state.resolve(savepoint.getFileName()));
    }
    run(settings("stopped", source));
    assertThat(told.toString()).contains("It goes on from").contains("read all there was");
    assertThat(topics.committed("stopped-scored")).hasSize(all);
  }

  /** As {@code flink stop} does. */
  private void stopByRest(Path savepoints) throws Exception {
    String all = askJobs(HttpRequest.newBuilder(jobs()).build()).body();
    Matcher id = Pattern.compile("[0-9a-f]{32}").matcher(all);
    assertThat(id.find()).as(all).isTrue();
    HttpRequest stop =
        HttpRequest.newBuilder(URI.create(jobs() + "/" + id.group() + "/stop"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"drain\": false, \"targetDirectory\": \"" + savepoints.toUri() + "\"}"))
            .build();
    assertThat(askJobs(stop).statusCode()).isEqualTo(202);
  }

  private URI jobs() {
    Matcher address = Pattern.compile("web UI is (\\S+)\\. ").matcher(told.toString());
    assertThat(address.find()).isTrue();
    return URI.create(address.group(1) + "/jobs");
  }

  private static HttpResponse<String> askJobs(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  @Test
  void jobThatWaitsToBeRestartedEndsWithoutASavepoint() throws Exception {
    JobSettings job =
        job(
            "waiting",
            """
            source: {topics: [waiting]}
            flink: {restart-strategy.type: fixed-delay, restart-strategy.fixed-delay.delay: 1 h}
            inference: {text.max-tokens: 100000}
            """);
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread runner = start(job, end);
    while (!told.toString().contains("web UI is")) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    while (!askJobs(HttpRequest.newBuilder(jobs()).build()).body().contains("RESTARTING")) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    runner.interrupt();
    end.get(1, TimeUnit.MINUTES);
    assertThat(told.toString())
        .contains("Its last failure was", "inference.text.max-tokens", "It was not running");
  }

  private void interruptAfter(int results, JobSettings job) throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread runner = start(job, end);
    assertThat(topics.awaitCommitted("end.less-scored", results))
        .hasSizeGreaterThanOrEqualTo(results);
    runner.interrupt();
    end.get(2, TimeUnit.MINUTES);
  }

  private Thread start(JobSettings job, CompletableFuture<Void> end) {
    Thread runner =
        new Thread(
            () -> {
              try {
                run(job);
                end.complete(null);
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            });
    runner.start();
    return runner;
  }

  @Test
  void jobThatCannotRunSaysWhy() throws Exception {
    JobSettings job =
        job(
            "broken",
            """
            source: {topics: [broken]}
            flink: {restart-strategy.type: none}
            inference: {text.max-tokens: 100000}
            """);
    topics.write("broken", texts(0, 1));
    assertThatThrownBy(() -> run(job))
        .hasMessageContaining("The Flink job failed")
        .hasMessageContaining("inference.text.max-tokens");
  }
}
