package io.flinkinference.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The second JVM: this JVM's own {@code java} and class path with {@link BrokerMain} as its main
 * class. Its standard input is the leash on which it is held, its standard error goes to a file.
 */
final class BrokerProcess {

  private static final int TAIL_LINES = 40;
  private static final Duration END_LIMIT = Duration.ofSeconds(3);

  private final Process process;
  private final Path directory;
  private final Path log;

  private BrokerProcess(Process process, Path directory, Path log) {
    this.process = process;
    this.directory = directory;
    this.log = log;
  }

  static BrokerProcess launch(int brokerPort, int controllerPort) throws IOException {
    Path directory = Files.createTempDirectory("flink-inference-kafka-");
    Path log = directory.resolve("broker.log");
    try {
      Process process =
          new ProcessBuilder(command(directory, brokerPort, controllerPort))
              .redirectError(log.toFile())
              .start();
      return new BrokerProcess(process, directory, log);
    } catch (IOException e) {
      Directories.delete(directory);
      throw e;
    }
  }

  private static List<String> command(Path directory, int brokerPort, int controllerPort) {
    List<String> command = new ArrayList<>();
    if (!System.getProperty("os.name").startsWith("Windows")) {
      // Ctrl-C goes to all processes of the terminal. The broker must not end before its clients,
      // which would wait for it; it ends with this process.
      command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\""));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            // Measured: 2.2 s of CPU until ready; 3.7 s without the first flag, 4.2 s without both.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dlog4j2.configurationFile=classpath:io/flinkinference/local/broker-log4j2.properties",
            "-cp",
            System.getProperty("java.class.path"),
            BrokerMain.class.getName(),
            directory.toString(),
            Integer.toString(brokerPort),
            Integer.toString(controllerPort)));
    return command;
  }

  /**
   * Waits until the broker serves clients.
   *
   * @return false if one of its ports was taken; the process is gone then
   * @throws IllegalStateException if the broker ends or the time is over; the message holds the
   *     tail of the broker's log, and the process is gone
   */
  boolean awaitReady(Duration limit) throws InterruptedException {
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(this::readAnswer, BrokerProcess::onThread);
    try {
      String line = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (BrokerMain.READY.equals(line)) {
        return true;
      }
      if (isPortTaken()) {
        close();
        return false;
      }
      throw failure("The Kafka broker ended before it was ready.", null);
    } catch (TimeoutException e) {
      throw failure(
          String.format(
              Locale.ROOT,
              "The Kafka broker was not ready after %d s; the machine may be overloaded.",
              limit.toSeconds()),
          null);
    } catch (ExecutionException e) {
      throw failure("The Kafka broker cannot be reached.", e.getCause());
    } catch (InterruptedException e) {
      close();
      throw e;
    }
  }

  /** A thread of its own: reading blocks, and the common pool may have no other one. */
  private static void onThread(Runnable task) {
    Thread thread = new Thread(task, "broker-answer");
    thread.setDaemon(true);
    thread.start();
  }

  private String readAnswer() {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    try {
      return reader.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private IllegalStateException failure(String what, Throwable cause) {
    String message = what + " The end of its log:\n" + tailOfLog();
    close();
    return new IllegalStateException(message, cause);
  }

  /**
   * Whether the log tells of a port that somebody else has. Only the log knows: Kafka ends the
   * process itself when the controller cannot bind.
   */
  private boolean isPortTaken() {
    return log().stream().anyMatch(line -> line.contains(BindException.class.getName()));
  }

  private String tailOfLog() {
    List<String> lines = log();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  private List<String> log() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      return List.of("(" + log + " cannot be read: " + e + ")");
    }
  }

  Process process() {
    return process;
  }

  Path directory() {
    return directory;
  }

  /** Ends the process, by force if it does not end on its own, and deletes its directory. */
  void close() {
    boolean interrupted = false;
    try {
      process.getOutputStream().close();
      if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      interrupted = true;
    }
    process.onExit().join();
    Directories.delete(directory);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
