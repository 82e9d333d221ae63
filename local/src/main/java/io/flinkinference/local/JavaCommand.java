package io.flinkinference.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a further JVM, of the same {@code java} as this one. */
final class JavaCommand {

  /** The level and form of the logs; they go to standard error. */
  private static final String LOGS =
      "-Dlog4j2.configurationFile=classpath:io/flinkinference/local/process-log4j2.properties";

  private JavaCommand() {}

  /**
   * A command that Ctrl-C leaves alone.
   *
   * @param classPath entries joined as the system joins them
   */
  static List<String> of(
      List<String> jvmFlags, String classPath, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (!System.getProperty("os.name").startsWith("Windows")) {
      // Ctrl-C goes to all processes of the terminal. A server must not end before its clients,
      // which would wait for it; it ends with this process.
      command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\""));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    command.addAll(List.of(LOGS, "-cp", classPath, main.getName()));
    command.addAll(arguments);
    return command;
  }
}
