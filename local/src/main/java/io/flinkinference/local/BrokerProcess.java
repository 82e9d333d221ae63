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

  private static final Duration END_LIMIT = Duration.ofSeconds(3);

  private final Process process;
  private final Path directory;
  private final LogFile log;

  private BrokerProcess(Process process, Path directory, LogFile log) {
    this.process = process;
    this.directory = directory;
    this.log = log;
  }

  static BrokerProcess launch(int brokerPort, int controllerPort) throws IOException {
    return launch(BrokerSecurity.NONE, brokerPort, controllerPort);
  }

  /**
   * Launches a broker.
   *
   * @param ports of the plain listener, of the controller, and those that the security asks for
   */
  static BrokerProcess launch(BrokerSecurity security, int... ports) throws IOException {
    Path directory = Files.createTempDirectory("flink-inference-kafka-");
    LogFile log = new LogFile(directory.resolve("broker.log"));
    try {
      BrokerConfig.leave(security.settings(ports), directory);
      Process process =
          new ProcessBuilder(command(directory, security.jvmFlags(), ports[0], ports[1]))
              .redirectError(log.path().toFile())
              .start();
      return new BrokerProcess(process, directory, log);
    } catch (IOException e) {
      Directories.delete(directory);
      throw e;
    }
  }

  private static List<String> command(
      Path directory, List<String> moreFlags, int brokerPort, int controllerPort) {
    // Measured: 2.2 s of CPU until ready; 3.7 s without C1 alone, 4.2 s with another collector too.
    List<String> flags =
        new ArrayList<>(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    flags.addAll(moreFlags);
    return JavaCommand.of(
        flags,
        System.getProperty("java.class.path"),
        BrokerMain.class,
        List.of(
            directory.toString(), Integer.toString(brokerPort), Integer.toString(controllerPort)));
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
    String message = what + " The end of its log:\n" + log.tail();
    close();
    return new IllegalStateException(message, cause);
  }

  /**
   * Whether the log tells of a port that somebody else has. Only the log knows: Kafka ends the
   * process itself when the controller cannot bind.
   */
  private boolean isPortTaken() {
    return log.contains(BindException.class.getName());
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
