package io.flinkinference.tools.texts;

import io.flinkinference.text.ByteOrderMark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Where texts to try a model on come from. */
public final class SampleTexts {

  private static final String BUILT_IN = "texts.txt";

  /** More would only make a message longer. */
  private static final int MOST_NAMED = 10;

  private SampleTexts() {}

  /**
   * The built-in texts, and all of them once more as a single one: what goes wrong with many tokens
   * does not show in short texts.
   */
  public static List<SampleText> toVerifyOn() {
    List<SampleText> texts = new ArrayList<>(builtIn());
    String all = texts.stream().map(SampleText::text).collect(Collectors.joining(" "));
    texts.add(new SampleText(all, "", texts.size() + 1));
    return List.copyOf(texts);
  }

  /** A hundred short texts of several kinds and languages, always the same, without labels. */
  public static List<SampleText> builtIn() {
    try (InputStream in = SampleTexts.class.getResourceAsStream(BUILT_IN);
        Reader reader =
            new InputStreamReader(Objects.requireNonNull(in, BUILT_IN), StandardCharsets.UTF_8)) {
      return read(new BufferedReader(reader), BUILT_IN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file with a text a line, in UTF-8. If there is a tab, what comes after the last one is
   * the text's label; then each line has to have one.
   *
   * @throws TextFileException if it cannot be read, or a line is not like the others
   */
  public static List<SampleText> read(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      ByteOrderMark.skip(reader);
      return read(reader, file.toString());
    } catch (CharacterCodingException e) {
      throw new TextFileException(file + " is not in UTF-8. Convert it.", e);
    } catch (IOException e) {
      throw new TextFileException(file + " cannot be read: " + e + ". Name another file.", e);
    }
  }

  private static List<SampleText> read(BufferedReader reader, String name) throws IOException {
    List<SampleText> texts = new ArrayList<>();
    List<Integer> blank = new ArrayList<>();
    int number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      int tab = line.lastIndexOf('\t');
      String text = tab < 0 ? line : line.substring(0, tab);
      if (text.isBlank()) {
        blank.add(number);
      } else {
        texts.add(new SampleText(text, tab < 0 ? "" : line.substring(tab + 1).strip(), number));
      }
    }
    refuse(blank, name, "have no text", "Take them out.");
    if (texts.isEmpty()) {
      throw new TextFileException(name + " has no lines. Write a text a line.");
    }
    List<Integer> unlabelled =
        texts.stream().filter(text -> text.label().isEmpty()).map(SampleText::line).toList();
    if (unlabelled.size() < texts.size()) {
      refuse(unlabelled, name, "have no label", "Write it after a tab on each line, or on none.");
    }
    return List.copyOf(texts);
  }

  private static void refuse(List<Integer> lines, String name, String problem, String cure) {
    if (!lines.isEmpty()) {
      List<Integer> named = lines.subList(0, Math.min(lines.size(), MOST_NAMED));
      throw new TextFileException(
          "%s: %d line(s) %s: %s%s. %s"
              .formatted(
                  name,
                  lines.size(),
                  problem,
                  named,
                  named.size() < lines.size() ? " and more" : "",
                  cure));
    }
  }
}
