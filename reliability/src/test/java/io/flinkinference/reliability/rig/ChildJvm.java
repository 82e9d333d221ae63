package io.flinkinference.reliability.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A JVM of its own for a measurement of memory: nothing of the test's is in it.
 *
 * <p>Its standard input is the leash on which it is held, see {@link #holdOn}. It prints lines, and
 * hands back numbers with {@link #handBack}.
 */
public final class ChildJvm {

  private static final String RESULT = "result ";

  /** What Flink needs to be let into the JDK for. */
  private static final List<String> OPENED =
      List.of("util", "lang", "net", "nio", "time", "util.concurrent");

  private ChildJvm() {}

  /**
   * Runs a program to its end.
   *
   * @param main class that has the method main
   * @param flags of the JVM
   * @param environment variables to add
   * @param arguments of the program
   * @return what it handed back
   * @throws IllegalStateException if it fails
   */
  public static Map<String, Long> run(
      Class<?> main, List<String> flags, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String name : OPENED) {
      command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
    }
    command.addAll(flags);
    command.add("-Dfigures.model=" + Settings.model());
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      Map<String, Long> results = read(process);
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(main.getSimpleName() + " ended with code " + code + ".");
      }
      return results;
    } finally {
      process.destroyForcibly();
    }
  }

  private static Map<String, Long> read(Process process) throws IOException {
    Map<String, Long> results = new HashMap<>();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(RESULT)) {
        int equals = line.indexOf('=');
        results.put(
            line.substring(RESULT.length(), equals), Long.valueOf(line.substring(equals + 1)));
      } else {
        System.out.println(line);
      }
    }
    return results;
  }

  /** Called by the child: hands a number to who started it. */
  public static void handBack(String name, long value) {
    System.out.println(RESULT + name + "=" + value);
  }

  /** Called by the child: ends it when who started it is gone. */
  public static void holdOn() {
    Thread leash =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nobody writes; only the end counts.
                }
              } catch (IOException e) {
                // The same as an end.
              }
              Runtime.getRuntime().halt(1);
            },
            "leash");
    leash.setDaemon(true);
    leash.start();
  }
}
