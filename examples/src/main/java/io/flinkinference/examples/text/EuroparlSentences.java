package io.flinkinference.examples.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sentences of {@link EuroparlDocuments}.
 *
 * <p>Each sentence occurs once, in an order that looks random and never changes. Where more texts
 * are asked for than there are sentences, they begin again, and the description says so.
 */
public final class EuroparlSentences implements Texts {

  private static final long ORDER_SEED = 20040330;

  private final List<String> sentences;
  private final int count;

  private EuroparlSentences(List<String> sentences, int count) {
    this.sentences = sentences;
    this.count = count;
  }

  /** Reads and cuts the corpus; takes about a second. */
  public static EuroparlSentences of(int count) throws IOException {
    return new EuroparlSentences(distinct(), count);
  }

  /** Each sentence of the corpus once. */
  public static EuroparlSentences all() throws IOException {
    List<String> sentences = distinct();
    return new EuroparlSentences(sentences, sentences.size());
  }

  private static List<String> distinct() throws IOException {
    Set<String> distinct = new LinkedHashSet<>();
    for (String document : EuroparlDocuments.english()) {
      distinct.addAll(Sentences.of(document));
    }
    List<String> sentences = new ArrayList<>(distinct);
    Collections.shuffle(sentences, new Random(ORDER_SEED));
    return sentences;
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
