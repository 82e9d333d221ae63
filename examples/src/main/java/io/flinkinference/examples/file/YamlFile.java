package io.flinkinference.examples.file;

import java.io.StringReader;
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
      problems.throwIfAny(name);
    }
    Settings settings = section.read("", root, new Reading(problems, placeholders));
    checks.accept(settings, problems);
    problems.throwIfAny(name);
    return settings;
  }

  private static Node compose(String name, String text) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      // Its own message shows the line itself, in which a secret may stand.
      throw new FileException(
          name, List.of(new Problems.Problem(line, "It is no YAML: " + e.getProblem() + ".")));
    } catch (YAMLException e) {
      throw new FileException(
          name, List.of(new Problems.Problem(1, "It is no YAML that can be read.")));
    }
  }
}
