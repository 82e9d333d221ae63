package io.flinkinference.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process prints, in a file that may grow while it is read. */
record LogFile(Path path) {

  private static final int TAIL_LINES = 40;

  /** All lines; one that says so where the file cannot be read. */
  List<String> lines() {
    try {
      // Not readAllLines: native libraries may write what is no UTF-8.
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of("(" + path + " cannot be read: " + e + ")");
    }
  }

  /** The last lines, as a text. */
  String tail() {
    List<String> lines = lines();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /** Whether a line contains the text. */
  boolean contains(String text) {
    return lines().stream().anyMatch(line -> line.contains(text));
  }
}
