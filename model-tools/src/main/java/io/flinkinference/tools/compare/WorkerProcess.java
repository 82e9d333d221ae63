package io.flinkinference.tools.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.ShutdownHookUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that measures, and the files by which it is asked and answers. Process and files, which
 * hold the user's texts, are gone once it is closed, also when this process is told to end.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class WorkerProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
  private static final String NAME = "worker process";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_SECONDS = 5;
  private static final long LOOK_MILLIS = 250;

  /** Agents of a test or debugger; and what is measured has all compilers, as a TaskManager has. */
  private static final List<String> NOT_FOR_A_WORKER =
      List.of("-javaagent", "-agent", "-XX:TieredStopAtLevel");

  private final Path directory = Files.createTempDirectory("compare");
  private final Path question = directory.resolve("question.json");
  private final Path answer = directory.resolve("answer.json");
  private final Path steps = directory.resolve("steps");
  private final Path log = directory.resolve("log");
  private final Thread ender;
  private Process process;
  private boolean ended;

  WorkerProcess() throws IOException {
    ender = ShutdownHookUtil.addShutdownHook(this::end, NAME, LOG);
  }

  /**
   * Starts the process and waits for its answer.
   *
   * @param done called with each text that is run
   * @throws CompareException if it ends without one
   */
  Worker.Outcome ask(Assignment assignment, Runnable done)
      throws IOException, InterruptedException {
    start(assignment);
    long told = 0;
    boolean over;
    do {
      over = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      for (long now = told(); told < now; told++) {
        done.run();
      }
    } while (!over);
    int code = process.exitValue();
    if (code != 0 || !Files.exists(answer)) {
      throw new CompareException(
          "The process that measured "
              + assignment.model()
              + " ended with code "
              + code
              + ". It said: "
              + said());
    }
    return JSON.readValue(answer.toFile(), Worker.Outcome.class);
  }

  /** Number of texts that were run. Not while the hook runs, which takes the file away. */
  private synchronized long told() throws IOException {
    return ended || !Files.exists(steps) ? 0 : Files.size(steps);
  }

  /** Not while the hook runs, which takes the file away. */
  private synchronized String said() throws IOException {
    return ended ? "I was told to end." : Files.readString(log).strip();
  }

  /** Not once the hook runs: it would not see what is started meanwhile. */
  private synchronized void start(Assignment assignment) throws IOException {
    if (ended || ender == null) {
      throw new CompareException("This process is told to end.");
    }
    JSON.writeValue(question.toFile(), assignment);
    process =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> NOT_FOR_A_WORKER.stream().noneMatch(argument::startsWith))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    command.addAll(List.of(question.toString(), answer.toString(), steps.toString()));
    return command;
  }

  @Override
  public void close() {
    end();
    ShutdownHookUtil.removeShutdownHook(ender, NAME, LOG);
  }

  private synchronized void end() {
    ended = true;
    if (process != null) {
      stop();
    }
    try {
      for (Path file : List.of(question, answer, steps, log, directory)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be taken away. Delete it.", e);
    }
  }

  /** Asks first: ONNX Runtime's libraries lie in temporary files, which an orderly end deletes. */
  private void stop() {
    process.destroy();
    try {
      process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly().onExit().join();
  }
}
