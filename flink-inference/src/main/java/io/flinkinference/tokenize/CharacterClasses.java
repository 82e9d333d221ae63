package io.flinkinference.tokenize;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * Sets of characters in a file of this jar: on each line the name of a set, and the first and the
 * last character of a range, in hexadecimal. The JVM's own tables differ between its versions.
 */
public final class CharacterClasses {

  private CharacterClasses() {}

  /** Reads a file that lies beside a class. */
  public static Map<String, BitSet> read(Class<?> beside, String file) {
    Map<String, BitSet> classes = new HashMap<>();
    try (InputStream bytes = beside.getResourceAsStream(file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.US_ASCII))) {
      lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> add(line, classes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  private static void add(String line, Map<String, BitSet> classes) {
    StringTokenizer parts = new StringTokenizer(line, " ");
    BitSet characters = classes.computeIfAbsent(parts.nextToken(), name -> new BitSet());
    int first = Integer.parseInt(parts.nextToken(), 16);
    characters.set(first, Integer.parseInt(parts.nextToken(), 16) + 1);
  }
}
