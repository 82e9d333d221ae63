package io.flinkinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.flinkinference.testing.TestingThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FileHashesTest {

  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private final AtomicInteger readings = new AtomicInteger();
  private final FileHashes hashes =
      new FileHashes(
          files -> {
            readings.incrementAndGet();
            return Sha256.of(files);
          });

  @TempDir Path directory;
  private Path graph;
  private Path weights;

  @BeforeEach
  void writeFiles() throws IOException {
    graph = write("model.onnx", "graph", LONG_AGO);
    weights = write("model.onnx_data", "weights", LONG_AGO);
  }

  @Test
  void filesThatStayAreReadOnce() {
    List<Path> files = List.of(graph, weights);
    assertThat(hashes.of(files)).isEqualTo(Sha256.of(files)).isEqualTo(hashes.of(files));
    assertThat(readings).hasValue(1);
    assertThat(hashes.of(List.of(graph))).isEqualTo(Sha256.of(List.of(graph)));
  }

  @Test
  void changeOfSizeOrTimeIsSeen() throws IOException {
    List<Path> files = List.of(graph, weights);
    hashes.of(files);
    write("model.onnx_data", "weights!", LONG_AGO);
    assertThat(hashes.of(files)).isEqualTo(Sha256.of(files));
    write("model.onnx_data", "weights?", LONG_AGO.plusSeconds(1));
    assertThat(hashes.of(files)).isEqualTo(Sha256.of(files));
    assertThat(readings).hasValue(3);
  }

  @Test
  void replacedFileOfTheSameSizeAndTimeIsSeen() throws IOException {
    String before = hashes.of(List.of(graph));
    Path other = write("other", "paint", LONG_AGO);
    assumeThat(Files.getAttribute(graph, "fileKey")).isNotNull();
    Files.move(other, graph, StandardCopyOption.REPLACE_EXISTING);
    assertThat(hashes.of(List.of(graph))).isNotEqualTo(before);
  }

  @Test
  void fileThatHasJustChangedIsNotRemembered() throws IOException {
    List<Path> fresh = List.of(write("fresh.onnx", "a", Instant.now()));
    hashes.of(fresh);
    hashes.of(fresh);
    assertThat(readings).hasValue(2);
  }

  @Test
  void whoAsksMeanwhileWaitsForTheOneWhoReads() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    FileHashes held = held(reading, mayEnd, "digest");
    List<Call> calls = List.of(new Call(held), new Call(held), new Call(held));
    calls.forEach(Call::awaitWaiting);
    reading.await();

    mayEnd.countDown();

    for (Call call : calls) {
      assertThat(call.task.get()).isEqualTo("digest");
    }
    assertThat(readings).hasValue(1);
  }

  @Test
  void interruptedWaiterLeavesAndKeepsItsInterrupt() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    FileHashes held = held(reading, mayEnd, "digest");
    Call reader = new Call(held);
    reading.await();
    AtomicReference<Boolean> kept = new AtomicReference<>();
    Thread waiter =
        TestingThreads.daemon(
            () -> {
              assertThatThrownBy(() -> held.of(List.of(graph)))
                  .isInstanceOf(ModelException.class)
                  .hasMessageContaining("Interrupted while another thread reads");
              kept.set(Thread.currentThread().isInterrupted());
            });
    waiter.start();
    waiter.interrupt();
    waiter.join();
    assertThat(kept).hasValue(true);

    mayEnd.countDown();
    assertThat(reader.task.get()).isEqualTo("digest");
    assertThat(held.of(List.of(graph))).isEqualTo("digest");
    assertThat(readings).hasValue(1);
  }

  @Test
  void failureIsToldAndForgotten() {
    AtomicInteger attempts = new AtomicInteger();
    FileHashes faulty =
        new FileHashes(
            files -> {
              if (attempts.getAndIncrement() == 0) {
                throw new ModelException("Cannot read it.");
              }
              return "digest";
            });
    assertThatThrownBy(() -> faulty.of(List.of(graph)))
        .isInstanceOf(ModelException.class)
        .hasMessage("Cannot read it.");
    assertThat(faulty.of(List.of(graph))).isEqualTo("digest");
  }

  @Test
  void missingFileIsNamed() {
    Path missing = directory.resolve("missing.onnx");
    assertThatThrownBy(() -> hashes.of(List.of(missing)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(missing.toString());
  }

  private FileHashes held(CountDownLatch reading, CountDownLatch mayEnd, String digest) {
    return new FileHashes(
        files -> {
          readings.incrementAndGet();
          reading.countDown();
          try {
            mayEnd.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return digest;
        });
  }

  private Path write(String name, String content, Instant changed) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    Files.setLastModifiedTime(file, FileTime.from(changed));
    return file;
  }

  private final class Call {
    private final FutureTask<String> task;
    private final Thread thread;

    Call(FileHashes asked) {
      task = new FutureTask<>(() -> asked.of(List.of(graph)));
      thread = TestingThreads.daemon(task);
      thread.start();
    }

    void awaitWaiting() {
      assertThat(TestingThreads.await(() -> thread.getState() == Thread.State.WAITING)).isTrue();
    }
  }
}
