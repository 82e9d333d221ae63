package io.flinkinference.task;

import io.flinkinference.text.ByteOrderMark;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of labels in a file: one a line (UTF-8), that of id 0 first. */
public final class LabelFile {

  private LabelFile() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or a name is missing or given twice; the message says
   *     where
   */
  public static List<String> read(Path file) throws IOException {
    List<String> labels = new ArrayList<>();
    Set<String> known = new HashSet<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      ByteOrderMark.skip(in);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String label = line.strip();
        int number = labels.size() + 1;
        if (label.isEmpty()) {
          throw new IOException(
              file + ", line " + number + ": there is no label. Each line has the name of one.");
        }
        if (!known.add(label)) {
          throw new IOException(
              file + ", line " + number + ": the label '" + label + "' is there twice.");
        }
        labels.add(label);
      }
    }
    if (labels.isEmpty()) {
      throw new IOException(file + " is empty. Each line has the name of a label.");
    }
    return labels;
  }
}
