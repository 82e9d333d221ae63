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
  private static final int MOST_DRAWS_OF_A_TEXT = 1_000;

  private final List<String> sentences;
  private final List<String> documents;
  private final List<List<String>> wordsOfDocuments;

  private EuroparlTexts(List<String> sentences, List<String> documents) {
    this.sentences = sentences;
    this.documents = documents;
    this.wordsOfDocuments =
        documents.stream().map(text -> List.of(BLANKS.split(text.strip(), -1))).toList();
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
            return this::sentence;
          } else if (kind < 85) {
            return this::fragment;
          }
          return kind < 97 ? this::excerpt : this::document;
        });
  }

  /** Whole sentences. */
  public Workload sentences(int count) {
    return draw("%,d sentences", count, random -> this::sentence);
  }

  /** Half fragments, half documents. */
  public Workload shortAndLong(int count) {
    return draw(
        "%,d fragments and documents, half each",
        count, random -> random.nextBoolean() ? this::fragment : this::document);
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
        any -> random -> words(random, random.nextInt(meanWords - spread, meanWords + spread + 1)));
  }

  /** Chooses the kind of each text first, so that texts that came before do not change the mix. */
  private static Workload draw(
      String description, int count, Function<SplittableRandom, Kind> kinds) {
    SplittableRandom random = new SplittableRandom(SEED);
    Set<String> texts = new LinkedHashSet<>();
    while (texts.size() < count) {
      Kind kind = kinds.apply(random);
      int draws = 1;
      while (!texts.add(kind.next(random))) {
        if (++draws > MOST_DRAWS_OF_A_TEXT) {
          throw new IllegalArgumentException(
              "The corpus has no %d different texts of that kind; ask for fewer.".formatted(count));
        }
      }
    }
    return new Workload(description.formatted(count), new ArrayList<>(texts));
  }

  /** Draws texts of one kind. */
  @FunctionalInterface
  private interface Kind {
    String next(SplittableRandom random);
  }

  private String fragment(SplittableRandom random) {
    return words(random, random.nextInt(2, 10));
  }

  private String document(SplittableRandom random) {
    return any(documents, random);
  }

  private String sentence(SplittableRandom random) {
    return any(sentences, random);
  }

  /** A row of words from anywhere in the debates; goes on in further documents where needed. */
  private String words(SplittableRandom random, int count) {
    List<String> words = new ArrayList<>(count);
    while (words.size() < count) {
      List<String> document = any(wordsOfDocuments, random);
      int from = random.nextInt(document.size());
      int to = Math.min(document.size(), from + count - words.size());
      words.addAll(document.subList(from, to));
    }
    return String.join(" ", words);
  }

  /** A part of a document, from the beginning of a word, of 200 to 700 characters. */
  private String excerpt(SplittableRandom random) {
    int characters = random.nextInt(200, 701);
    String document = any(documents, random);
    if (document.length() <= characters) {
      return document;
    }
    int from = random.nextInt(document.length() - characters);
    return document.substring(document.lastIndexOf(' ', from) + 1, from + characters).strip();
  }

  private static <T> T any(List<T> texts, SplittableRandom random) {
    return texts.get(random.nextInt(texts.size()));
  }
}
