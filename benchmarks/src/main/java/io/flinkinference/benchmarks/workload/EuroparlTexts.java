package io.flinkinference.benchmarks.workload;

import io.flinkinference.examples.text.EuroparlDocuments;
import io.flinkinference.examples.text.EuroparlSentences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Texts of the English debates of the European Parliament, drawn so that the same call always gives
 * the same texts, and none of them twice: equal texts in flight would be scored once.
 */
public final class EuroparlTexts {

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final long SEED = 20060115;

  /** A text that came before is drawn anew, but a corpus can be too small. */
  private static final int MOST_DRAWS_PER_TEXT = 50;

  private final List<String> sentences;
  private final List<String> documents;

  private EuroparlTexts(List<String> sentences, List<String> documents) {
    this.sentences = sentences;
    this.documents = documents;
  }

  /** Reads the corpus; takes about a second. */
  public static EuroparlTexts read() throws IOException {
    try (Stream<byte[]> all = EuroparlSentences.all().open()) {
      return new EuroparlTexts(
          all.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).toList(),
          EuroparlDocuments.english());
    }
  }

  /**
   * What a topic of messages looks like: 60 % sentences, 25 % fragments of 2 to 9 words, 12 %
   * excerpts of 200 to 700 characters, 3 % whole documents.
   */
  public Workload mixed(int count) {
    return draw(
        "%,d mixed texts: 60 %% sentences, 25 %% fragments, 12 %% excerpts, 3 %% documents",
        count,
        random -> {
          int kind = random.nextInt(100);
          if (kind < 60) {
            return sentence(random);
          } else if (kind < 85) {
            return words(random, random.nextInt(2, 10));
          } else if (kind < 97) {
            return excerpt(random, random.nextInt(200, 701));
          }
          return any(documents, random);
        });
  }

  /** Whole sentences. */
  public Workload sentences(int count) {
    return draw("%,d sentences", count, this::sentence);
  }

  /** Fragments of sentences, of 2 to 9 words. */
  public Workload fragments(int count) {
    return draw("%,d fragments", count, random -> words(random, random.nextInt(2, 10)));
  }

  /** Half fragments, half documents. */
  public Workload shortAndLong(int count) {
    return draw(
        "%,d fragments and documents, half each",
        count,
        random ->
            random.nextBoolean() ? words(random, random.nextInt(2, 10)) : any(documents, random));
  }

  /**
   * Texts of a number of words, a quarter more or less.
   *
   * @param meanWords at least 4
   */
  public Workload ofWords(int meanWords, int count) {
    int spread = Math.max(1, meanWords / 4);
    return draw(
        "%%,d texts of about %d words".formatted(meanWords),
        count,
        random -> words(random, random.nextInt(meanWords - spread, meanWords + spread + 1)));
  }

  private static Workload draw(
      String description, int count, Function<SplittableRandom, String> next) {
    SplittableRandom random = new SplittableRandom(SEED);
    Set<String> texts = new LinkedHashSet<>();
    long draws = (long) MOST_DRAWS_PER_TEXT * count;
    while (texts.size() < count && draws-- > 0) {
      texts.add(next.apply(random));
    }
    if (texts.size() < count) {
      throw new IllegalArgumentException(
          "The corpus has no " + count + " different texts of that kind; ask for fewer.");
    }
    return new Workload(description.formatted(count), new ArrayList<>(texts));
  }

  private String sentence(SplittableRandom random) {
    return any(sentences, random);
  }

  /** A row of words from anywhere in the debates; goes on in further documents where needed. */
  private String words(SplittableRandom random, int count) {
    List<String> words = new ArrayList<>(count);
    while (words.size() < count) {
      List<String> document = List.of(BLANKS.split(any(documents, random).strip(), -1));
      int from = random.nextInt(document.size());
      int to = Math.min(document.size(), from + count - words.size());
      words.addAll(document.subList(from, to));
    }
    return String.join(" ", words);
  }

  /** A part of a document, from the beginning of a word, of a number of characters. */
  private String excerpt(SplittableRandom random, int characters) {
    String document = any(documents, random);
    if (document.length() <= characters) {
      return document;
    }
    int from = random.nextInt(document.length() - characters);
    return document.substring(document.lastIndexOf(' ', from) + 1, from + characters).strip();
  }

  private static String any(List<String> texts, SplittableRandom random) {
    return texts.get(random.nextInt(texts.size()));
  }
}
