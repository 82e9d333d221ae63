package io.flinkinference.local;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server in a JVM of its own, on a {@link Leash}: it never outlives this process. What it prints
 * goes to the file {@code <name>.log} of its directory.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class ServerProcess implements AutoCloseable {

  private static final long POLL_MILLIS = 200;

  /** How servers say that somebody else has a port; the second are the words of Quarkus. */
  private static final List<String> PORT_TAKEN =
      List.of(BindException.class.getName(), "seems to be in use by another process");

  private final String name;
  private final Process process;
  private final LogFile log;

  private ServerProcess(String name, Process process, LogFile log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** A question that may wait for its answer. */
  @FunctionalInterface
  interface Check {
    boolean passes() throws InterruptedException;
  }

  /**
   * @param environment added to that of this process
   */
  static ServerProcess launch(
      String name,
      Path directory,
      List<String> jvmFlags,
      String classPath,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(mainClass));
    all.addAll(arguments);
    return launch(
        name, directory, JavaCommand.of(jvmFlags, classPath, LeashedMain.class, all), environment);
  }

  /**
   * @param command of a process that is on a leash
   */
  static ServerProcess launch(
      String name, Path directory, List<String> command, Map<String, String> environment)
      throws IOException {
    LogFile log = new LogFile(directory.resolve(name + ".log"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.path().toFile());
    builder.environment().putAll(environment);
    return new ServerProcess(name, builder.start(), log);
  }

  /**
   * Waits until the server is ready.
   *
   * @param ready asks this very process, and not only its port, at which somebody else may answer
   * @throws PortTakenException if it ends because somebody else took one of its ports
   * @throws IllegalStateException if it ends or the time is over; the message holds the end of its
   *     log, and the process is gone
   */
  void awaitReady(Check ready, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!ready.passes()) {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (PORT_TAKEN.stream().anyMatch(log::contains)) {
          throw new PortTakenException(name + " found a port taken." + logEnd());
        }
        throw failure("ended with status " + process.exitValue() + " before it was ready");
      }
      if (System.nanoTime() > deadline) {
        throw failure("was not ready after " + limit.toSeconds() + " s");
      }
    }
  }

  private IllegalStateException failure(String what) {
    close();
    return new IllegalStateException(name + " " + what + "." + logEnd());
  }

  private String logEnd() {
    return " The end of its log:\n" + log.tail();
  }

  /** Name within its cluster. */
  public String name() {
    return name;
  }

  /** The process, for tests that stop, resume or kill it. */
  public Process process() {
    return process;
  }

  /** The last lines that it printed. */
  public String logTail() {
    return log.tail();
  }

  /** Whether it printed a line that contains the text. */
  public boolean logged(String text) {
    return log.contains(text);
  }

  /** How many lines that it printed contain the text. */
  public long linesWith(String text) {
    return log.lines().stream().filter(line -> line.contains(text)).count();
  }

  /** Ends the process as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** The same as {@link #kill}: what these servers keep is thrown away. */
  @Override
  public void close() {
    kill();
  }
}
