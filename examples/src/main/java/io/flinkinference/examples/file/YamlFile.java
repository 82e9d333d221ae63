package io.flinkinference.examples.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a file by its declaration. */
public final class YamlFile {

  private static final String NO_YAML =
      "It is no YAML here. Look at indents (blanks, no tabs), quotes and brackets; values that begin"
          + " with one of * & ! % @ ` go in quotes, and so do placeholders, \"${env:NAME}\", between"
          + " braces or brackets.";
  private static final String SECOND_DOCUMENT =
      "A second document begins here. Put it into a file of its own.";

  private YamlFile() {}

  /**
   * Reads a file.
   *
   * @param name of the file, for problems
   * @param checks what holds between keys; called also where problems were found, so that all are
   *     told at once
   * @throws FileException with everything that is wrong
   */
  public static Settings read(
      String name,
      String text,
      Section section,
      Placeholders placeholders,
      BiConsumer<Settings, Problems> checks) {
    Problems problems = new Problems();
    Node root = compose(name, text);
    if (root == null) {
      problems.add(1, "The file is empty.");
    } else {
      Circles.find(root).ifPresent(line -> problems.add(line, Circles.PROBLEM));
    }
    problems.throwIfAny(name);
    Settings settings = section.read("", root, new Reading(problems, placeholders));
    checks.accept(settings, problems);
    problems.throwIfAny(name);
    return settings;
  }

  /**
   * Reads the characters of a file.
   *
   * @throws FileException if it is not UTF-8
   */
  public static String decode(String name, byte[] bytes) {
    CharsetDecoder strict =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (strict.decode(in, out, true).isError()) {
      long line = out.flip().chars().filter(c -> c == '\n').count() + 1;
      throw new FileException(
          name,
          List.of(new Problems.Problem((int) line, "It is not UTF-8 here. Save it as that.")));
    }
    return out.flip().toString();
  }

  private static Node compose(String name, String text) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      // Its own message shows what stands there, which may be a secret.
      boolean second = e.getContext() != null && e.getContext().contains("a single document");
      throw new FileException(
          name, List.of(new Problems.Problem(line, second ? SECOND_DOCUMENT : NO_YAML)));
    } catch (YAMLException e) {
      throw new FileException(
          name, List.of(new Problems.Problem(1, "It is no YAML that can be read.")));
    }
  }
}
