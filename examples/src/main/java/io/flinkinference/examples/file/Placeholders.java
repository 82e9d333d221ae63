package io.flinkinference.examples.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that stand elsewhere: {@code ${env:NAME}} is an environment variable, {@code
 * ${file:/path}} the contents of a file without the line's end behind it. So secrets need not stand
 * in the file, and what is shown is the placeholder. With one more dollar sign before it, what
 * looks like a placeholder stands for itself.
 */
public final class Placeholders {

  /** Of a whole value that is one placeholder; JSON Schema has it from here. */
  static final String PATTERN = "^\\$\\{(env|file):[^}]+\\}$";

  private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\$\\{([^}]*)\\}");

  /** Stands for the two characters with which a placeholder begins. */
  private static final String ESCAPED = "$${";

  private static final String ENV = "env:";
  private static final String FILE = "file:";

  private final UnaryOperator<String> environment;

  /**
   * @param environment gives the value of a variable, or null
   */
  public Placeholders(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  /** With the environment of this process. */
  public static Placeholders ofTheProcess() {
    return new Placeholders(System::getenv);
  }

  /** Whether a text has one, so that what it stands for is not to be shown. */
  static boolean in(String text) {
    return PLACEHOLDER.matcher(text).find();
  }

  /** Whether a text is one and nothing beside it, so that it may be shown though it is secret. */
  static boolean is(String text) {
    return text.matches(PATTERN);
  }

  /**
   * Puts in what they stand for.
   *
   * @throws IllegalArgumentException if that is not there; the message says what is missing
   */
  String resolve(String text) {
    StringBuilder resolved = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(text);
    int from = 0;
    while (placeholder.find()) {
      resolved.append(unescaped(text.substring(from, placeholder.start())));
      resolved.append(valueOf(placeholder.group(1)));
      from = placeholder.end();
    }
    return resolved.append(unescaped(text.substring(from))).toString();
  }

  private static String unescaped(String text) {
    return text.replace(ESCAPED, "${");
  }

  private String valueOf(String name) {
    if (name.startsWith(ENV)) {
      return variable(name.substring(ENV.length()));
    }
    if (name.startsWith(FILE)) {
      return contents(name.substring(FILE.length()));
    }
    throw new IllegalArgumentException(
        "it has a placeholder of an unknown kind. There are ${env:NAME} and ${file:/path}; $${ stands"
            + " for ${ itself.");
  }

  private String variable(String name) {
    String value = environment.apply(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the environment variable " + name + " is not set. Set it where the job is started.");
    }
    return value;
  }

  private static String contents(String path) {
    try {
      return Files.readString(Path.of(path)).replaceFirst("\\R\\z", "");
    } catch (IOException | IllegalArgumentException e) {
      // The message of the exception may be the path alone.
      throw new IllegalArgumentException(
          "the file " + path + " cannot be read (" + e.getClass().getSimpleName() + ").", e);
    }
  }
}
