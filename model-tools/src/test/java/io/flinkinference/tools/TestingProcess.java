package io.flinkinference.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program in a process of its own, which is told to end. It is gone once this is closed. */
public final class TestingProcess implements AutoCloseable {

  private static final long LIMIT_SECONDS = 60;

  private final Process process;
  private final Path log;

  private TestingProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param program has a main method
   * @param temporary where it has its temporary files, and its errors are written
   */
  public static TestingProcess start(Class<?> program, Path temporary, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    Path log = temporary.resolve("errors.txt");
    return new TestingProcess(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  /** Waits for the first line that it prints. */
  public String firstLine() throws Exception {
    FutureTask<String> line = new FutureTask<>(() -> process.inputReader().readLine());
    Thread reader = new Thread(line, "reader");
    reader.setDaemon(true);
    reader.start();
    String said;
    try {
      said = line.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("It prints no line; it said: " + Files.readString(log), e);
    }
    assertThat(said).as("its line; it said: %s", Files.readString(log)).isNotNull();
    return said;
  }

  /** Tells it to end, and waits until it has. */
  public void end() throws Exception {
    process.destroy();
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
        .as("it ends; it said: %s", Files.readString(log))
        .isTrue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
